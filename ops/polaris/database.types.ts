// Generated from the migrated database; rewritten by mvn test -Dtest=DatabaseTypesTest -Dupdate.pages
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      adaptive_history: {
        Row: {
          answered_at: string | null;
          coach_key: string;
          drill_id: string;
          duration_sec: number | null;
          id: string;
          level_after: number | null;
          notes: string | null;
          outcome_score: number | null;
          served_at: string;
          status: string;
          topic: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          answered_at?: string | null;
          coach_key: string;
          drill_id: string;
          duration_sec?: number | null;
          id?: string;
          level_after?: number | null;
          notes?: string | null;
          outcome_score?: number | null;
          served_at?: string;
          status?: string;
          topic: string;
          user_id: string;
        };
        Update: {
          answered_at?: string | null;
          coach_key?: string;
          drill_id?: string;
          duration_sec?: number | null;
          id?: string;
          level_after?: number | null;
          notes?: string | null;
          outcome_score?: number | null;
          served_at?: string;
          status?: string;
          topic?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "adaptive_history_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "adaptive_history_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "adaptive_history_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "adaptive_history_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "adaptive_history_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "adaptive_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "adaptive_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "adaptive_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "adaptive_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "adaptive_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "adaptive_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      adaptive_item_calibration: {
        Row: {
          active: boolean;
          coach_key: string;
          created_at: string;
          difficulty: number | null;
          discriminant: number;
          drill_id: string;
          exposure_cap: number;
          exposures: number;
          target_level: number;
          topic: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          coach_key: string;
          created_at?: string;
          difficulty?: number | null;
          discriminant?: number;
          drill_id: string;
          exposure_cap?: number;
          exposures?: number;
          target_level?: number;
          topic: string;
          updated_at?: string;
        };
        Update: {
          active?: boolean;
          coach_key?: string;
          created_at?: string;
          difficulty?: number | null;
          discriminant?: number;
          drill_id?: string;
          exposure_cap?: number;
          exposures?: number;
          target_level?: number;
          topic?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "adaptive_item_calibration_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "adaptive_item_calibration_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "adaptive_item_calibration_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "adaptive_item_calibration_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "adaptive_item_calibration_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
        ];
      };
      adaptive_user_skill: {
        Row: {
          coach_key: string;
          confidence: number;
          created_at: string;
          exposures: number;
          last_mastered: string | null;
          level_score: number;
          topic: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          coach_key: string;
          confidence?: number;
          created_at?: string;
          exposures?: number;
          last_mastered?: string | null;
          level_score?: number;
          topic: string;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          coach_key?: string;
          confidence?: number;
          created_at?: string;
          exposures?: number;
          last_mastered?: string | null;
          level_score?: number;
          topic?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "adaptive_user_skill_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "adaptive_user_skill_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "adaptive_user_skill_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "adaptive_user_skill_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "adaptive_user_skill_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "adaptive_user_skill_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "adaptive_user_skill_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      admin_message_deliveries: {
        Row: {
          attempts: number;
          channel: string;
          claimed_by: string | null;
          clicked_at: string | null;
          created_at: string;
          failed_at: string | null;
          id: string;
          last_error: string | null;
          message_id: string;
          meta: NonNullable<Json>;
          next_attempt_at: string;
          read_at: string | null;
          sent_at: string | null;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          attempts?: number;
          channel?: string;
          claimed_by?: string | null;
          clicked_at?: string | null;
          created_at?: string;
          failed_at?: string | null;
          id?: string;
          last_error?: string | null;
          message_id: string;
          meta?: NonNullable<Json>;
          next_attempt_at?: string;
          read_at?: string | null;
          sent_at?: string | null;
          user_id: string;
        };
        Update: {
          attempts?: number;
          channel?: string;
          claimed_by?: string | null;
          clicked_at?: string | null;
          created_at?: string;
          failed_at?: string | null;
          id?: string;
          last_error?: string | null;
          message_id?: string;
          meta?: NonNullable<Json>;
          next_attempt_at?: string;
          read_at?: string | null;
          sent_at?: string | null;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "admin_message_deliveries_message_id_fkey";
            columns: ["message_id"];
            isOneToOne: false;
            referencedRelation: "admin_messages";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_message_id_fkey";
            columns: ["message_id"];
            isOneToOne: false;
            referencedRelation: "v_admin_messages_stats";
            referencedColumns: ["message_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      admin_messages: {
        Row: {
          approved_at: string | null;
          approved_by: string | null;
          audience_filter: NonNullable<Json>;
          author_id: string | null;
          body_html: string | null;
          body_text: string | null;
          canceled_at: string | null;
          channels: string[];
          created_at: string;
          cta_label: string | null;
          cta_url: string | null;
          expanded_at: string | null;
          expanded_to: string | null;
          hero_image_url: string | null;
          id: string;
          importance: string;
          is_marketing: boolean;
          meta: NonNullable<Json>;
          send_at: string | null;
          sent_at: string | null;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          approved_at?: string | null;
          approved_by?: string | null;
          audience_filter?: NonNullable<Json>;
          author_id?: string | null;
          body_html?: string | null;
          body_text?: string | null;
          canceled_at?: string | null;
          channels?: string[];
          created_at?: string;
          cta_label?: string | null;
          cta_url?: string | null;
          expanded_at?: string | null;
          expanded_to?: string | null;
          hero_image_url?: string | null;
          id?: string;
          importance?: string;
          is_marketing?: boolean;
          meta?: NonNullable<Json>;
          send_at?: string | null;
          sent_at?: string | null;
          state?: string;
          tags?: string[];
          title: string;
          updated_at?: string;
        };
        Update: {
          approved_at?: string | null;
          approved_by?: string | null;
          audience_filter?: NonNullable<Json>;
          author_id?: string | null;
          body_html?: string | null;
          body_text?: string | null;
          canceled_at?: string | null;
          channels?: string[];
          created_at?: string;
          cta_label?: string | null;
          cta_url?: string | null;
          expanded_at?: string | null;
          expanded_to?: string | null;
          hero_image_url?: string | null;
          id?: string;
          importance?: string;
          is_marketing?: boolean;
          meta?: NonNullable<Json>;
          send_at?: string | null;
          sent_at?: string | null;
          state?: string;
          tags?: string[];
          title?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "admin_messages_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "admin_messages_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "admin_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      affiliate_clicks: {
        Row: {
          affiliate_id: string;
          affiliate_user_id: string | null;
          clicked_at: string;
          country_code: string | null;
          id: string;
          ip_hash: string | null;
          link_id: string;
          user_agent: string | null;
          utm: NonNullable<Json>;
        };
        ComputedFields: never;
        Insert: {
          affiliate_id: string;
          affiliate_user_id?: string | null;
          clicked_at?: string;
          country_code?: string | null;
          id?: string;
          ip_hash?: string | null;
          link_id: string;
          user_agent?: string | null;
          utm?: NonNullable<Json>;
        };
        Update: {
          affiliate_id?: string;
          affiliate_user_id?: string | null;
          clicked_at?: string;
          country_code?: string | null;
          id?: string;
          ip_hash?: string | null;
          link_id?: string;
          user_agent?: string | null;
          utm?: NonNullable<Json>;
        };
        Relationships: [
          {
            foreignKeyName: "affiliate_clicks_affiliate_id_affiliate_user_id_fkey";
            columns: ["affiliate_id", "affiliate_user_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id", "user_id"];
          },
          {
            foreignKeyName: "affiliate_clicks_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_clicks_link_id_fkey";
            columns: ["link_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_links";
            referencedColumns: ["id"];
          },
        ];
      };
      affiliate_commissions: {
        Row: {
          affiliate_id: string;
          affiliate_user_id: string | null;
          amount_minor: number;
          base_minor: number;
          created_at: string;
          currency_code: string;
          id: string;
          kind: string;
          payment_ref: string;
          payout_id: string | null;
          provider: string;
          rate_bps: number;
          referral_id: string;
        };
        ComputedFields: never;
        Insert: {
          affiliate_id: string;
          affiliate_user_id?: string | null;
          amount_minor: number;
          base_minor: number;
          created_at?: string;
          currency_code: string;
          id?: string;
          kind: string;
          payment_ref: string;
          payout_id?: string | null;
          provider: string;
          rate_bps: number;
          referral_id: string;
        };
        Update: {
          affiliate_id?: string;
          affiliate_user_id?: string | null;
          amount_minor?: number;
          base_minor?: number;
          created_at?: string;
          currency_code?: string;
          id?: string;
          kind?: string;
          payment_ref?: string;
          payout_id?: string | null;
          provider?: string;
          rate_bps?: number;
          referral_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "affiliate_commissions_affiliate_id_affiliate_user_id_fkey";
            columns: ["affiliate_id", "affiliate_user_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id", "user_id"];
          },
          {
            foreignKeyName: "affiliate_commissions_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_commissions_payout_id_affiliate_id_currency_code_fkey";
            columns: ["payout_id", "affiliate_id", "currency_code"];
            isOneToOne: false;
            referencedRelation: "affiliate_payouts";
            referencedColumns: ["id", "affiliate_id", "currency_code"];
          },
          {
            foreignKeyName: "affiliate_commissions_referral_id_fkey";
            columns: ["referral_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_referrals";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_commissions_referral_id_fkey";
            columns: ["referral_id"];
            isOneToOne: false;
            referencedRelation: "v_affiliate_referrals_admin";
            referencedColumns: ["id"];
          },
        ];
      };
      affiliate_links: {
        Row: {
          affiliate_id: string;
          affiliate_user_id: string | null;
          code: string;
          created_at: string;
          id: string;
          landing_path: string;
          updated_at: string;
          utm_defaults: NonNullable<Json>;
        };
        ComputedFields: never;
        Insert: {
          affiliate_id: string;
          affiliate_user_id?: string | null;
          code: string;
          created_at?: string;
          id?: string;
          landing_path?: string;
          updated_at?: string;
          utm_defaults?: NonNullable<Json>;
        };
        Update: {
          affiliate_id?: string;
          affiliate_user_id?: string | null;
          code?: string;
          created_at?: string;
          id?: string;
          landing_path?: string;
          updated_at?: string;
          utm_defaults?: NonNullable<Json>;
        };
        Relationships: [
          {
            foreignKeyName: "affiliate_links_affiliate_id_affiliate_user_id_fkey";
            columns: ["affiliate_id", "affiliate_user_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id", "user_id"];
          },
          {
            foreignKeyName: "affiliate_links_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
        ];
      };
      affiliate_payouts: {
        Row: {
          affiliate_id: string;
          affiliate_user_id: string | null;
          amount_minor: number;
          approved_at: string | null;
          currency_code: string;
          failure_reason: string | null;
          id: string;
          paid_at: string | null;
          payout_method: NonNullable<Json>;
          period_end: string;
          period_start: string;
          scheduled_at: string;
          status: string;
          tx_ref: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          affiliate_id: string;
          affiliate_user_id?: string | null;
          amount_minor: number;
          approved_at?: string | null;
          currency_code: string;
          failure_reason?: string | null;
          id?: string;
          paid_at?: string | null;
          payout_method: NonNullable<Json>;
          period_end: string;
          period_start: string;
          scheduled_at?: string;
          status?: string;
          tx_ref?: string | null;
          updated_at?: string;
        };
        Update: {
          affiliate_id?: string;
          affiliate_user_id?: string | null;
          amount_minor?: number;
          approved_at?: string | null;
          currency_code?: string;
          failure_reason?: string | null;
          id?: string;
          paid_at?: string | null;
          payout_method?: NonNullable<Json>;
          period_end?: string;
          period_start?: string;
          scheduled_at?: string;
          status?: string;
          tx_ref?: string | null;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "affiliate_payouts_affiliate_id_affiliate_user_id_fkey";
            columns: ["affiliate_id", "affiliate_user_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id", "user_id"];
          },
          {
            foreignKeyName: "affiliate_payouts_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
        ];
      };
      affiliate_programs: {
        Row: {
          code: string;
          cookie_days: number;
          created_at: string;
          currency_code: string;
          default_rate_bps: number;
          hold_days: number;
          id: string;
          is_active: boolean;
          min_payout_minor: number;
          name: string;
          payout_change_days: number;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          code: string;
          cookie_days?: number;
          created_at?: string;
          currency_code?: string;
          default_rate_bps?: number;
          hold_days?: number;
          id?: string;
          is_active?: boolean;
          min_payout_minor?: number;
          name: string;
          payout_change_days?: number;
          updated_at?: string;
        };
        Update: {
          code?: string;
          cookie_days?: number;
          created_at?: string;
          currency_code?: string;
          default_rate_bps?: number;
          hold_days?: number;
          id?: string;
          is_active?: boolean;
          min_payout_minor?: number;
          name?: string;
          payout_change_days?: number;
          updated_at?: string;
        };
        Relationships: [];
      };
      affiliate_referrals: {
        Row: {
          affiliate_id: string;
          affiliate_user_id: string | null;
          attached_at: string;
          click_id: string | null;
          converted_at: string | null;
          disqualified_at: string | null;
          id: string;
          link_id: string;
          status: string;
          status_reason: string | null;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          affiliate_id: string;
          affiliate_user_id?: string | null;
          attached_at?: string;
          click_id?: string | null;
          converted_at?: string | null;
          disqualified_at?: string | null;
          id?: string;
          link_id: string;
          status?: string;
          status_reason?: string | null;
          user_id?: string | null;
        };
        Update: {
          affiliate_id?: string;
          affiliate_user_id?: string | null;
          attached_at?: string;
          click_id?: string | null;
          converted_at?: string | null;
          disqualified_at?: string | null;
          id?: string;
          link_id?: string;
          status?: string;
          status_reason?: string | null;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "affiliate_referrals_affiliate_id_affiliate_user_id_fkey";
            columns: ["affiliate_id", "affiliate_user_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id", "user_id"];
          },
          {
            foreignKeyName: "affiliate_referrals_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_referrals_click_id_fkey";
            columns: ["click_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_clicks";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_referrals_link_id_fkey";
            columns: ["link_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_links";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_referrals_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_referrals_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "affiliate_referrals_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "affiliate_referrals_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "affiliate_referrals_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "affiliate_referrals_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      affiliates: {
        Row: {
          approved_at: string | null;
          blocked_at: string | null;
          code: string;
          cookie_days: number | null;
          created_at: string;
          display_name: string | null;
          id: string;
          payout_method: NonNullable<Json>;
          payout_method_since: string | null;
          program_id: string;
          rate_bps: number | null;
          status: string;
          status_reason: string | null;
          updated_at: string;
          user_id: string | null;
          website: string | null;
        };
        ComputedFields: never;
        Insert: {
          approved_at?: string | null;
          blocked_at?: string | null;
          code: string;
          cookie_days?: number | null;
          created_at?: string;
          display_name?: string | null;
          id?: string;
          payout_method?: NonNullable<Json>;
          payout_method_since?: string | null;
          program_id: string;
          rate_bps?: number | null;
          status?: string;
          status_reason?: string | null;
          updated_at?: string;
          user_id?: string | null;
          website?: string | null;
        };
        Update: {
          approved_at?: string | null;
          blocked_at?: string | null;
          code?: string;
          cookie_days?: number | null;
          created_at?: string;
          display_name?: string | null;
          id?: string;
          payout_method?: NonNullable<Json>;
          payout_method_since?: string | null;
          program_id?: string;
          rate_bps?: number | null;
          status?: string;
          status_reason?: string | null;
          updated_at?: string;
          user_id?: string | null;
          website?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "affiliates_program_id_fkey";
            columns: ["program_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_programs";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliates_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliates_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "affiliates_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "affiliates_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "affiliates_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "affiliates_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      assignment_attempts: {
        Row: {
          assignment_id: string;
          attachments: NonNullable<Json>;
          coach_key: string;
          created_at: string;
          duration_sec: number | null;
          feedback: NonNullable<Json>;
          flags: NonNullable<Json>;
          id: string;
          input_payload: NonNullable<Json>;
          item_id: string | null;
          metrics: NonNullable<Json>;
          outcome: string;
          rubric_scores: NonNullable<Json>;
          score: number | null;
          scored_at: string | null;
          submitted_at: string;
          transcript: NonNullable<Json>;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          assignment_id: string;
          attachments?: NonNullable<Json>;
          coach_key: string;
          created_at?: string;
          duration_sec?: number | null;
          feedback?: NonNullable<Json>;
          flags?: NonNullable<Json>;
          id?: string;
          input_payload?: NonNullable<Json>;
          item_id?: string | null;
          metrics?: NonNullable<Json>;
          outcome?: string;
          rubric_scores?: NonNullable<Json>;
          score?: number | null;
          scored_at?: string | null;
          submitted_at?: string;
          transcript?: NonNullable<Json>;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          assignment_id?: string;
          attachments?: NonNullable<Json>;
          coach_key?: string;
          created_at?: string;
          duration_sec?: number | null;
          feedback?: NonNullable<Json>;
          flags?: NonNullable<Json>;
          id?: string;
          input_payload?: NonNullable<Json>;
          item_id?: string | null;
          metrics?: NonNullable<Json>;
          outcome?: string;
          rubric_scores?: NonNullable<Json>;
          score?: number | null;
          scored_at?: string | null;
          submitted_at?: string;
          transcript?: NonNullable<Json>;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "assignment_attempts_assignment_id_user_id_coach_key_fkey";
            columns: ["assignment_id", "user_id", "coach_key"];
            isOneToOne: false;
            referencedRelation: "assignments";
            referencedColumns: ["id", "user_id", "coach_key"];
          },
          {
            foreignKeyName: "assignment_attempts_assignment_id_user_id_coach_key_fkey";
            columns: ["assignment_id", "user_id", "coach_key"];
            isOneToOne: false;
            referencedRelation: "v_assignment_latest";
            referencedColumns: ["id", "user_id", "coach_key"];
          },
          {
            foreignKeyName: "assignment_attempts_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "drill_items";
            referencedColumns: ["id"];
          },
        ];
      };
      assignments: {
        Row: {
          attempts_count: number;
          best_score: number | null;
          cancelled_at: string | null;
          coach_key: string;
          completed_at: string | null;
          created_at: string;
          created_by: string | null;
          description: string | null;
          drill_id: string | null;
          due_at: string | null;
          id: string;
          last_score: number | null;
          metrics_summary: NonNullable<Json>;
          priority: number;
          rubric_summary: NonNullable<Json>;
          scheduled_for: string | null;
          set_id: string | null;
          started_at: string | null;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          attempts_count?: number;
          best_score?: number | null;
          cancelled_at?: string | null;
          coach_key: string;
          completed_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          description?: string | null;
          drill_id?: string | null;
          due_at?: string | null;
          id?: string;
          last_score?: number | null;
          metrics_summary?: NonNullable<Json>;
          priority?: number;
          rubric_summary?: NonNullable<Json>;
          scheduled_for?: string | null;
          set_id?: string | null;
          started_at?: string | null;
          state?: string;
          tags?: string[];
          title: string;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          attempts_count?: number;
          best_score?: number | null;
          cancelled_at?: string | null;
          coach_key?: string;
          completed_at?: string | null;
          created_at?: string;
          created_by?: string | null;
          description?: string | null;
          drill_id?: string | null;
          due_at?: string | null;
          id?: string;
          last_score?: number | null;
          metrics_summary?: NonNullable<Json>;
          priority?: number;
          rubric_summary?: NonNullable<Json>;
          scheduled_for?: string | null;
          set_id?: string | null;
          started_at?: string | null;
          state?: string;
          tags?: string[];
          title?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "assignments_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "assignments_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "assignments_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "assignments_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "assignments_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "assignments_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "assignments_set_id_fkey";
            columns: ["set_id"];
            isOneToOne: false;
            referencedRelation: "drill_sets";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      attempts: {
        Row: {
          created_at: string;
          drill_id: string | null;
          feedback: Json | null;
          fixes: string[];
          id: string;
          next_prompt: string | null;
          prompt: string;
          response: string | null;
          score: number | null;
          session_id: string;
          user_id: string;
          wins: string[];
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          drill_id?: string | null;
          feedback?: Json | null;
          fixes?: string[];
          id?: string;
          next_prompt?: string | null;
          prompt: string;
          response?: string | null;
          score?: number | null;
          session_id: string;
          user_id: string;
          wins?: string[];
        };
        Update: {
          created_at?: string;
          drill_id?: string | null;
          feedback?: Json | null;
          fixes?: string[];
          id?: string;
          next_prompt?: string | null;
          prompt?: string;
          response?: string | null;
          score?: number | null;
          session_id?: string;
          user_id?: string;
          wins?: string[];
        };
        Relationships: [
          {
            foreignKeyName: "attempts_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "attempts_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "attempts_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "attempts_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "attempts_session_id_user_id_fkey";
            columns: ["session_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "sessions";
            referencedColumns: ["id", "user_id"];
          },
        ];
      };
      audit_logs: {
        Row: {
          action: string;
          actor_role: string;
          actor_user_id: string | null;
          created_at: string;
          id: string;
          patch: NonNullable<Json>;
          row_id: string | null;
          subject_user_id: string | null;
          table_name: string;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          actor_role: string;
          actor_user_id?: string | null;
          created_at?: string;
          id?: string;
          patch: NonNullable<Json>;
          row_id?: string | null;
          subject_user_id?: string | null;
          table_name: string;
        };
        Update: {
          action?: string;
          actor_role?: string;
          actor_user_id?: string | null;
          created_at?: string;
          id?: string;
          patch?: NonNullable<Json>;
          row_id?: string | null;
          subject_user_id?: string | null;
          table_name?: string;
        };
        Relationships: [
          {
            foreignKeyName: "audit_logs_actor_user_id_fkey";
            columns: ["actor_user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "audit_logs_actor_user_id_fkey";
            columns: ["actor_user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_actor_user_id_fkey";
            columns: ["actor_user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_actor_user_id_fkey";
            columns: ["actor_user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_actor_user_id_fkey";
            columns: ["actor_user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_actor_user_id_fkey";
            columns: ["actor_user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_subject_user_id_fkey";
            columns: ["subject_user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "audit_logs_subject_user_id_fkey";
            columns: ["subject_user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_subject_user_id_fkey";
            columns: ["subject_user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_subject_user_id_fkey";
            columns: ["subject_user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_subject_user_id_fkey";
            columns: ["subject_user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "audit_logs_subject_user_id_fkey";
            columns: ["subject_user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      billing_profiles: {
        Row: {
          country_code: string | null;
          created_at: string;
          customer_ref: string;
          email: string | null;
          provider: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          country_code?: string | null;
          created_at?: string;
          customer_ref: string;
          email?: string | null;
          provider: string;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          country_code?: string | null;
          created_at?: string;
          customer_ref?: string;
          email?: string | null;
          provider?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "billing_profiles_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "billing_profiles_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "billing_profiles_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "billing_profiles_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "billing_profiles_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "billing_profiles_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      catalogs: {
        Row: {
          coach_key: string;
          created_at: string;
          created_by: string | null;
          description: string | null;
          id: string;
          is_public: boolean;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          coach_key: string;
          created_at?: string;
          created_by?: string | null;
          description?: string | null;
          id?: string;
          is_public?: boolean;
          state?: string;
          tags?: string[];
          title: string;
          updated_at?: string;
        };
        Update: {
          coach_key?: string;
          created_at?: string;
          created_by?: string | null;
          description?: string | null;
          id?: string;
          is_public?: boolean;
          state?: string;
          tags?: string[];
          title?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "catalogs_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "catalogs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "catalogs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "catalogs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "catalogs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "catalogs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "catalogs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      coach_staff: {
        Row: {
          coach_key: string;
          created_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          coach_key: string;
          created_at?: string;
          user_id: string;
        };
        Update: {
          coach_key?: string;
          created_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "coach_staff_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "coach_staff_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "coach_staff_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "coach_staff_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "coach_staff_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "coach_staff_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "coach_staff_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      coach_switch_rules: {
        Row: {
          cooldown_days: number;
          created_at: string;
          max_switches_30d: number;
          tier: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          cooldown_days: number;
          created_at?: string;
          max_switches_30d: number;
          tier: string;
          updated_at?: string;
        };
        Update: {
          cooldown_days?: number;
          created_at?: string;
          max_switches_30d?: number;
          tier?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "coach_switch_rules_tier_fkey";
            columns: ["tier"];
            isOneToOne: true;
            referencedRelation: "tier_plans";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "coach_switch_rules_tier_fkey";
            columns: ["tier"];
            isOneToOne: true;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["plan_code"];
          },
        ];
      };
      coach_switches: {
        Row: {
          from_coach: string | null;
          id: string;
          past_rule: boolean;
          reason: string | null;
          switched_at: string;
          to_coach: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          from_coach?: string | null;
          id?: string;
          past_rule?: boolean;
          reason?: string | null;
          switched_at?: string;
          to_coach: string;
          user_id: string;
        };
        Update: {
          from_coach?: string | null;
          id?: string;
          past_rule?: boolean;
          reason?: string | null;
          switched_at?: string;
          to_coach?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "coach_switches_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "coach_switches_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "coach_switches_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "coach_switches_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "coach_switches_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "coach_switches_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      coaches: {
        Row: {
          audience: string | null;
          benefits: string | null;
          created_at: string;
          display_name: string;
          is_active: boolean;
          key: string;
          position: number;
          tagline: string | null;
          tools: string[];
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          audience?: string | null;
          benefits?: string | null;
          created_at?: string;
          display_name: string;
          is_active?: boolean;
          key: string;
          position?: number;
          tagline?: string | null;
          tools?: string[];
          updated_at?: string;
        };
        Update: {
          audience?: string | null;
          benefits?: string | null;
          created_at?: string;
          display_name?: string;
          is_active?: boolean;
          key?: string;
          position?: number;
          tagline?: string | null;
          tools?: string[];
          updated_at?: string;
        };
        Relationships: [];
      };
      daily_usage: {
        Row: {
          d: string;
          drills_done: number;
          expressions_saved: number;
          minutes_used: number;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          d: string;
          drills_done?: number;
          expressions_saved?: number;
          minutes_used?: number;
          user_id: string;
        };
        Update: {
          d?: string;
          drills_done?: number;
          expressions_saved?: number;
          minutes_used?: number;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      diagnostic_form_items: {
        Row: {
          created_at: string;
          drill_id: string | null;
          form_id: string;
          id: string;
          idx: number;
          kind: string;
          payload: NonNullable<Json>;
          rubric: NonNullable<Json>;
          section_id: string;
          weight: number;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          drill_id?: string | null;
          form_id: string;
          id?: string;
          idx: number;
          kind: string;
          payload?: NonNullable<Json>;
          rubric?: NonNullable<Json>;
          section_id: string;
          weight?: number;
        };
        Update: {
          created_at?: string;
          drill_id?: string | null;
          form_id?: string;
          id?: string;
          idx?: number;
          kind?: string;
          payload?: NonNullable<Json>;
          rubric?: NonNullable<Json>;
          section_id?: string;
          weight?: number;
        };
        Relationships: [
          {
            foreignKeyName: "diagnostic_form_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "diagnostic_form_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "diagnostic_form_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "diagnostic_form_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "diagnostic_form_items_section_id_form_id_fkey";
            columns: ["section_id", "form_id"];
            isOneToOne: false;
            referencedRelation: "diagnostic_form_sections";
            referencedColumns: ["id", "form_id"];
          },
        ];
      };
      diagnostic_form_sections: {
        Row: {
          created_at: string;
          form_id: string;
          id: string;
          idx: number;
          target_topics: string[];
          time_limit_sec: number | null;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          form_id: string;
          id?: string;
          idx: number;
          target_topics?: string[];
          time_limit_sec?: number | null;
          title: string;
        };
        Update: {
          created_at?: string;
          form_id?: string;
          id?: string;
          idx?: number;
          target_topics?: string[];
          time_limit_sec?: number | null;
          title?: string;
        };
        Relationships: [
          {
            foreignKeyName: "diagnostic_form_sections_form_id_fkey";
            columns: ["form_id"];
            isOneToOne: false;
            referencedRelation: "diagnostic_forms";
            referencedColumns: ["id"];
          },
        ];
      };
      diagnostic_forms: {
        Row: {
          coach_key: string;
          code: string;
          config: NonNullable<Json>;
          created_at: string;
          created_by: string | null;
          id: string;
          state: string;
          summary: string | null;
          title: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          coach_key: string;
          code: string;
          config?: NonNullable<Json>;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          state?: string;
          summary?: string | null;
          title: string;
          updated_at?: string;
        };
        Update: {
          coach_key?: string;
          code?: string;
          config?: NonNullable<Json>;
          created_at?: string;
          created_by?: string | null;
          id?: string;
          state?: string;
          summary?: string | null;
          title?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "diagnostic_forms_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "diagnostic_forms_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "diagnostic_forms_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "diagnostic_forms_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "diagnostic_forms_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "diagnostic_forms_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "diagnostic_forms_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      diagnostic_run_items: {
        Row: {
          created_at: string;
          drill_id: string | null;
          duration_sec: number | null;
          feedback: Json | null;
          form_item_id: string;
          id: string;
          idx: number;
          payload: Json | null;
          response_text: string | null;
          response_url: string | null;
          run_id: string;
          score: number | null;
          section_id: string;
          served_at: string | null;
          status: string;
          submitted_at: string | null;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          drill_id?: string | null;
          duration_sec?: number | null;
          feedback?: Json | null;
          form_item_id: string;
          id?: string;
          idx: number;
          payload?: Json | null;
          response_text?: string | null;
          response_url?: string | null;
          run_id: string;
          score?: number | null;
          section_id: string;
          served_at?: string | null;
          status?: string;
          submitted_at?: string | null;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          drill_id?: string | null;
          duration_sec?: number | null;
          feedback?: Json | null;
          form_item_id?: string;
          id?: string;
          idx?: number;
          payload?: Json | null;
          response_text?: string | null;
          response_url?: string | null;
          run_id?: string;
          score?: number | null;
          section_id?: string;
          served_at?: string | null;
          status?: string;
          submitted_at?: string | null;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "diagnostic_run_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "diagnostic_run_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "diagnostic_run_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "diagnostic_run_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "diagnostic_run_items_form_item_id_section_id_fkey";
            columns: ["form_item_id", "section_id"];
            isOneToOne: false;
            referencedRelation: "diagnostic_form_items";
            referencedColumns: ["id", "section_id"];
          },
          {
            foreignKeyName: "diagnostic_run_items_run_id_user_id_fkey";
            columns: ["run_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "diagnostic_runs";
            referencedColumns: ["id", "user_id"];
          },
        ];
      };
      diagnostic_runs: {
        Row: {
          completed_at: string | null;
          created_at: string;
          duration_sec: number | null;
          form_id: string;
          id: string;
          notes: string | null;
          score_total: number | null;
          scored_at: string | null;
          started_at: string | null;
          state: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          completed_at?: string | null;
          created_at?: string;
          duration_sec?: number | null;
          form_id: string;
          id?: string;
          notes?: string | null;
          score_total?: number | null;
          scored_at?: string | null;
          started_at?: string | null;
          state?: string;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          completed_at?: string | null;
          created_at?: string;
          duration_sec?: number | null;
          form_id?: string;
          id?: string;
          notes?: string | null;
          score_total?: number | null;
          scored_at?: string | null;
          started_at?: string | null;
          state?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "diagnostic_runs_form_id_fkey";
            columns: ["form_id"];
            isOneToOne: false;
            referencedRelation: "diagnostic_forms";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "diagnostic_runs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "diagnostic_runs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "diagnostic_runs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "diagnostic_runs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "diagnostic_runs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "diagnostic_runs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      drill_items: {
        Row: {
          answer_key: Json | null;
          content: NonNullable<Json>;
          created_at: string;
          difficulty: number | null;
          drill_id: string | null;
          exam_mapping: NonNullable<Json>;
          hints: NonNullable<Json>;
          id: string;
          kind: string;
          qa_flags: NonNullable<Json>;
          reading_level: string | null;
          source_ref: string | null;
          title: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          answer_key?: Json | null;
          content: NonNullable<Json>;
          created_at?: string;
          difficulty?: number | null;
          drill_id?: string | null;
          exam_mapping?: NonNullable<Json>;
          hints?: NonNullable<Json>;
          id?: string;
          kind: string;
          qa_flags?: NonNullable<Json>;
          reading_level?: string | null;
          source_ref?: string | null;
          title?: string | null;
          updated_at?: string;
        };
        Update: {
          answer_key?: Json | null;
          content?: NonNullable<Json>;
          created_at?: string;
          difficulty?: number | null;
          drill_id?: string | null;
          exam_mapping?: NonNullable<Json>;
          hints?: NonNullable<Json>;
          id?: string;
          kind?: string;
          qa_flags?: NonNullable<Json>;
          reading_level?: string | null;
          source_ref?: string | null;
          title?: string | null;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "drill_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "drill_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "drill_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "drill_items_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
        ];
      };
      drill_sets: {
        Row: {
          approved_by: string | null;
          changelog: string | null;
          coach_key: string;
          created_at: string;
          created_by: string | null;
          deprecated_at: string | null;
          description: string | null;
          difficulty: number | null;
          gating: boolean;
          id: string;
          published_at: string | null;
          section: string;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          approved_by?: string | null;
          changelog?: string | null;
          coach_key: string;
          created_at?: string;
          created_by?: string | null;
          deprecated_at?: string | null;
          description?: string | null;
          difficulty?: number | null;
          gating?: boolean;
          id?: string;
          published_at?: string | null;
          section: string;
          state?: string;
          tags?: string[];
          title: string;
          updated_at?: string;
          version?: number;
        };
        Update: {
          approved_by?: string | null;
          changelog?: string | null;
          coach_key?: string;
          created_at?: string;
          created_by?: string | null;
          deprecated_at?: string | null;
          description?: string | null;
          difficulty?: number | null;
          gating?: boolean;
          id?: string;
          published_at?: string | null;
          section?: string;
          state?: string;
          tags?: string[];
          title?: string;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "drill_sets_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "drill_sets_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_approved_by_fkey";
            columns: ["approved_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "drill_sets_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "drill_sets_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drill_sets_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      drills: {
        Row: {
          catalog_id: string | null;
          coach_key: string;
          created_at: string;
          created_by: string | null;
          difficulty: number | null;
          gating: boolean;
          id: string;
          is_public: boolean;
          prompt: string;
          rubric_id: string | null;
          slug: string | null;
          state: string;
          tags: string[];
          time_estimate_minutes: number | null;
          title: string;
          type: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          catalog_id?: string | null;
          coach_key: string;
          created_at?: string;
          created_by?: string | null;
          difficulty?: number | null;
          gating?: boolean;
          id?: string;
          is_public?: boolean;
          prompt: string;
          rubric_id?: string | null;
          slug?: string | null;
          state?: string;
          tags?: string[];
          time_estimate_minutes?: number | null;
          title: string;
          type: string;
          updated_at?: string;
        };
        Update: {
          catalog_id?: string | null;
          coach_key?: string;
          created_at?: string;
          created_by?: string | null;
          difficulty?: number | null;
          gating?: boolean;
          id?: string;
          is_public?: boolean;
          prompt?: string;
          rubric_id?: string | null;
          slug?: string | null;
          state?: string;
          tags?: string[];
          time_estimate_minutes?: number | null;
          title?: string;
          type?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "drills_catalog_id_fkey";
            columns: ["catalog_id"];
            isOneToOne: false;
            referencedRelation: "catalogs";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "drills_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "drills_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "drills_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drills_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drills_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drills_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drills_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "drills_rubric_id_fkey";
            columns: ["rubric_id"];
            isOneToOne: false;
            referencedRelation: "rubrics";
            referencedColumns: ["id"];
          },
        ];
      };
      editorial_flags: {
        Row: {
          created_at: string;
          created_by: string | null;
          editorial_item_id: string;
          flag_type: string;
          id: string;
          payload: NonNullable<Json>;
          resolution: string | null;
          resolved_at: string | null;
          resolved_by: string | null;
          severity: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          created_by?: string | null;
          editorial_item_id: string;
          flag_type: string;
          id?: string;
          payload?: NonNullable<Json>;
          resolution?: string | null;
          resolved_at?: string | null;
          resolved_by?: string | null;
          severity?: string;
        };
        Update: {
          created_at?: string;
          created_by?: string | null;
          editorial_item_id?: string;
          flag_type?: string;
          id?: string;
          payload?: NonNullable<Json>;
          resolution?: string | null;
          resolved_at?: string | null;
          resolved_by?: string | null;
          severity?: string;
        };
        Relationships: [
          {
            foreignKeyName: "editorial_flags_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_flags_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_editorial_item_id_fkey";
            columns: ["editorial_item_id"];
            isOneToOne: false;
            referencedRelation: "editorial_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_flags_editorial_item_id_fkey";
            columns: ["editorial_item_id"];
            isOneToOne: false;
            referencedRelation: "v_editorial_review_queue";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_flags_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_flags_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_flags_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      editorial_item_coach_targets: {
        Row: {
          coach_key: string;
          created_at: string;
          editorial_item_id: string;
          published_drill_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          coach_key: string;
          created_at?: string;
          editorial_item_id: string;
          published_drill_id?: string | null;
        };
        Update: {
          coach_key?: string;
          created_at?: string;
          editorial_item_id?: string;
          published_drill_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "editorial_item_coach_targets_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "editorial_item_coach_targets_editorial_item_id_fkey";
            columns: ["editorial_item_id"];
            isOneToOne: false;
            referencedRelation: "editorial_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_item_coach_targets_editorial_item_id_fkey";
            columns: ["editorial_item_id"];
            isOneToOne: false;
            referencedRelation: "v_editorial_review_queue";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_item_coach_targets_published_drill_id_fkey";
            columns: ["published_drill_id"];
            isOneToOne: true;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_item_coach_targets_published_drill_id_fkey";
            columns: ["published_drill_id"];
            isOneToOne: true;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "editorial_item_coach_targets_published_drill_id_fkey";
            columns: ["published_drill_id"];
            isOneToOne: true;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "editorial_item_coach_targets_published_drill_id_fkey";
            columns: ["published_drill_id"];
            isOneToOne: true;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
        ];
      };
      editorial_items: {
        Row: {
          accessibility: NonNullable<Json>;
          body: NonNullable<Json>;
          created_at: string;
          created_by: string | null;
          difficulty: number | null;
          exam_mapping: NonNullable<Json>;
          gating: boolean;
          id: string;
          kind: string;
          language: string | null;
          reading_level: string | null;
          slug: string | null;
          state: string;
          state_since: string;
          summary: string | null;
          taxonomy: NonNullable<Json>;
          time_estimate_minutes: number | null;
          title: string;
          updated_at: string;
          updated_by: string | null;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          accessibility?: NonNullable<Json>;
          body?: NonNullable<Json>;
          created_at?: string;
          created_by?: string | null;
          difficulty?: number | null;
          exam_mapping?: NonNullable<Json>;
          gating?: boolean;
          id?: string;
          kind: string;
          language?: string | null;
          reading_level?: string | null;
          slug?: string | null;
          state?: string;
          state_since?: string;
          summary?: string | null;
          taxonomy?: NonNullable<Json>;
          time_estimate_minutes?: number | null;
          title: string;
          updated_at?: string;
          updated_by?: string | null;
          version?: number;
        };
        Update: {
          accessibility?: NonNullable<Json>;
          body?: NonNullable<Json>;
          created_at?: string;
          created_by?: string | null;
          difficulty?: number | null;
          exam_mapping?: NonNullable<Json>;
          gating?: boolean;
          id?: string;
          kind?: string;
          language?: string | null;
          reading_level?: string | null;
          slug?: string | null;
          state?: string;
          state_since?: string;
          summary?: string | null;
          taxonomy?: NonNullable<Json>;
          time_estimate_minutes?: number | null;
          title?: string;
          updated_at?: string;
          updated_by?: string | null;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      editorial_transitions: {
        Row: {
          actor_id: string | null;
          actor_role: string;
          created_at: string;
          editorial_item_id: string;
          from_state: string;
          id: string;
          notes: string | null;
          to_state: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          actor_id?: string | null;
          actor_role: string;
          created_at?: string;
          editorial_item_id: string;
          from_state: string;
          id?: string;
          notes?: string | null;
          to_state: string;
          version: number;
        };
        Update: {
          actor_id?: string | null;
          actor_role?: string;
          created_at?: string;
          editorial_item_id?: string;
          from_state?: string;
          id?: string;
          notes?: string | null;
          to_state?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "editorial_transitions_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_transitions_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_transitions_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_transitions_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_transitions_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_transitions_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_transitions_editorial_item_id_fkey";
            columns: ["editorial_item_id"];
            isOneToOne: false;
            referencedRelation: "editorial_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_transitions_editorial_item_id_fkey";
            columns: ["editorial_item_id"];
            isOneToOne: false;
            referencedRelation: "v_editorial_review_queue";
            referencedColumns: ["id"];
          },
        ];
      };
      editorial_versions: {
        Row: {
          created_at: string;
          created_by: string | null;
          diff: NonNullable<Json>;
          editorial_item_id: string;
          id: string;
          notes: string | null;
          state: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          created_by?: string | null;
          diff: NonNullable<Json>;
          editorial_item_id: string;
          id?: string;
          notes?: string | null;
          state: string;
          version: number;
        };
        Update: {
          created_at?: string;
          created_by?: string | null;
          diff?: NonNullable<Json>;
          editorial_item_id?: string;
          id?: string;
          notes?: string | null;
          state?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "editorial_versions_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_versions_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_versions_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_versions_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_versions_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_versions_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_versions_editorial_item_id_fkey";
            columns: ["editorial_item_id"];
            isOneToOne: false;
            referencedRelation: "editorial_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_versions_editorial_item_id_fkey";
            columns: ["editorial_item_id"];
            isOneToOne: false;
            referencedRelation: "v_editorial_review_queue";
            referencedColumns: ["id"];
          },
        ];
      };
      entitlement_history: {
        Row: {
          action: string;
          created_at: string;
          ends_at: string | null;
          entitlement_id: string;
          id: string;
          plan_code: string;
          reason: string | null;
          source: string;
          starts_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          created_at?: string;
          ends_at?: string | null;
          entitlement_id: string;
          id?: string;
          plan_code: string;
          reason?: string | null;
          source: string;
          starts_at: string;
          user_id?: string | null;
        };
        Update: {
          action?: string;
          created_at?: string;
          ends_at?: string | null;
          entitlement_id?: string;
          id?: string;
          plan_code?: string;
          reason?: string | null;
          source?: string;
          starts_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "entitlement_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "entitlement_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlement_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlement_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlement_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlement_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      entitlements: {
        Row: {
          created_at: string;
          ends_at: string | null;
          granted_by: string | null;
          id: string;
          plan_code: string;
          reason: string | null;
          revoked_at: string | null;
          source: string;
          source_ref: string;
          starts_at: string;
          subscription_id: string | null;
          tier_due_at: string | null;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          ends_at?: string | null;
          granted_by?: string | null;
          id?: string;
          plan_code: string;
          reason?: string | null;
          revoked_at?: string | null;
          source: string;
          source_ref: string;
          starts_at?: string;
          subscription_id?: string | null;
          tier_due_at?: string | null;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          ends_at?: string | null;
          granted_by?: string | null;
          id?: string;
          plan_code?: string;
          reason?: string | null;
          revoked_at?: string | null;
          source?: string;
          source_ref?: string;
          starts_at?: string;
          subscription_id?: string | null;
          tier_due_at?: string | null;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "entitlements_granted_by_fkey";
            columns: ["granted_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "entitlements_granted_by_fkey";
            columns: ["granted_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_granted_by_fkey";
            columns: ["granted_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_granted_by_fkey";
            columns: ["granted_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_granted_by_fkey";
            columns: ["granted_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_granted_by_fkey";
            columns: ["granted_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "tier_plans";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "entitlements_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["plan_code"];
          },
          {
            foreignKeyName: "entitlements_subscription_id_fkey";
            columns: ["subscription_id"];
            isOneToOne: false;
            referencedRelation: "subscriptions";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "entitlements_subscription_id_fkey";
            columns: ["subscription_id"];
            isOneToOne: false;
            referencedRelation: "v_subscriptions_active";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "entitlements_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "entitlements_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "entitlements_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      events: {
        Row: {
          coach_key: string | null;
          country_code: string | null;
          created_at: string;
          difficulty: number | null;
          domain: string | null;
          id: string;
          metadata: NonNullable<Json>;
          name: string;
          tier: string | null;
          topic: string | null;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          coach_key?: string | null;
          country_code?: string | null;
          created_at?: string;
          difficulty?: number | null;
          domain?: string | null;
          id?: string;
          metadata?: NonNullable<Json>;
          name: string;
          tier?: string | null;
          topic?: string | null;
          user_id?: string | null;
        };
        Update: {
          coach_key?: string | null;
          country_code?: string | null;
          created_at?: string;
          difficulty?: number | null;
          domain?: string | null;
          id?: string;
          metadata?: NonNullable<Json>;
          name?: string;
          tier?: string | null;
          topic?: string | null;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      exemplar_pack_items: {
        Row: {
          item_id: string;
          kind: string;
          notes: string | null;
          order_index: number;
          original_text: string | null;
          pack_id: string;
          phonetics: string | null;
          revised_text: string | null;
          tags: string[];
        };
        ComputedFields: never;
        Insert: {
          item_id: string;
          kind: string;
          notes?: string | null;
          order_index: number;
          original_text?: string | null;
          pack_id: string;
          phonetics?: string | null;
          revised_text?: string | null;
          tags: string[];
        };
        Update: {
          item_id?: string;
          kind?: string;
          notes?: string | null;
          order_index?: number;
          original_text?: string | null;
          pack_id?: string;
          phonetics?: string | null;
          revised_text?: string | null;
          tags?: string[];
        };
        Relationships: [
          {
            foreignKeyName: "exemplar_pack_items_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: true;
            referencedRelation: "practice_pack_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "exemplar_pack_items_pack_id_fkey";
            columns: ["pack_id"];
            isOneToOne: false;
            referencedRelation: "exemplar_packs";
            referencedColumns: ["pack_id"];
          },
        ];
      };
      exemplar_packs: {
        Row: {
          coach_key: string | null;
          difficulty: number | null;
          language: string | null;
          pack_id: string;
          published_at: string;
          summary: string | null;
          title: string;
          topics: string[];
        };
        ComputedFields: never;
        Insert: {
          coach_key?: string | null;
          difficulty?: number | null;
          language?: string | null;
          pack_id: string;
          published_at: string;
          summary?: string | null;
          title: string;
          topics: string[];
        };
        Update: {
          coach_key?: string | null;
          difficulty?: number | null;
          language?: string | null;
          pack_id?: string;
          published_at?: string;
          summary?: string | null;
          title?: string;
          topics?: string[];
        };
        Relationships: [
          {
            foreignKeyName: "exemplar_packs_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "exemplar_packs_pack_id_fkey";
            columns: ["pack_id"];
            isOneToOne: true;
            referencedRelation: "practice_packs";
            referencedColumns: ["id"];
          },
        ];
      };
      expression_exemplars: {
        Row: {
          coach_key: string;
          created_at: string;
          created_by: string | null;
          difficulty: number | null;
          example_prompt: string | null;
          id: string;
          language: string | null;
          published_at: string | null;
          skill: string | null;
          source_item_id: string | null;
          state: string;
          tags: string[];
          topic: string | null;
          updated_at: string;
          upgraded_text: string;
        };
        ComputedFields: never;
        Insert: {
          coach_key: string;
          created_at?: string;
          created_by?: string | null;
          difficulty?: number | null;
          example_prompt?: string | null;
          id?: string;
          language?: string | null;
          published_at?: string | null;
          skill?: string | null;
          source_item_id?: string | null;
          state?: string;
          tags?: string[];
          topic?: string | null;
          updated_at?: string;
          upgraded_text: string;
        };
        Update: {
          coach_key?: string;
          created_at?: string;
          created_by?: string | null;
          difficulty?: number | null;
          example_prompt?: string | null;
          id?: string;
          language?: string | null;
          published_at?: string | null;
          skill?: string | null;
          source_item_id?: string | null;
          state?: string;
          tags?: string[];
          topic?: string | null;
          updated_at?: string;
          upgraded_text?: string;
        };
        Relationships: [
          {
            foreignKeyName: "expression_exemplars_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "expression_exemplars_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "expression_exemplars_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_exemplars_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_exemplars_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_exemplars_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_exemplars_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_exemplars_source_item_id_fkey";
            columns: ["source_item_id"];
            isOneToOne: false;
            referencedRelation: "exemplar_pack_items";
            referencedColumns: ["item_id"];
          },
        ];
      };
      expression_favorites: {
        Row: {
          favored_at: string;
          item_id: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          favored_at?: string;
          item_id: string;
          user_id: string;
        };
        Update: {
          favored_at?: string;
          item_id?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "expression_favorites_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "practice_pack_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "expression_favorites_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "expression_favorites_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_favorites_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_favorites_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_favorites_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_favorites_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      expression_reviews: {
        Row: {
          created_at: string;
          due_on: string | null;
          is_suspended: boolean;
          item_id: string;
          lapses: number;
          last_reviewed_at: string | null;
          learned_at: string | null;
          reviews: number;
          step: number;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          due_on?: string | null;
          is_suspended?: boolean;
          item_id: string;
          lapses?: number;
          last_reviewed_at?: string | null;
          learned_at?: string | null;
          reviews?: number;
          step?: number;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          due_on?: string | null;
          is_suspended?: boolean;
          item_id?: string;
          lapses?: number;
          last_reviewed_at?: string | null;
          learned_at?: string | null;
          reviews?: number;
          step?: number;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "expression_reviews_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "practice_pack_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      feature_flags: {
        Row: {
          created_at: string;
          description: string | null;
          enabled: boolean;
          is_public: boolean;
          key: string;
          rollout: NonNullable<Json>;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          description?: string | null;
          enabled?: boolean;
          is_public?: boolean;
          key: string;
          rollout?: NonNullable<Json>;
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          description?: string | null;
          enabled?: boolean;
          is_public?: boolean;
          key?: string;
          rollout?: NonNullable<Json>;
          updated_at?: string;
        };
        Relationships: [];
      };
      job_runs: {
        Row: {
          error: string | null;
          finished_at: string;
          id: string;
          job: string;
          result: Json | null;
          started_at: string;
          status: string;
        };
        ComputedFields: never;
        Insert: {
          error?: string | null;
          finished_at: string;
          id?: string;
          job: string;
          result?: Json | null;
          started_at: string;
          status: string;
        };
        Update: {
          error?: string | null;
          finished_at?: string;
          id?: string;
          job?: string;
          result?: Json | null;
          started_at?: string;
          status?: string;
        };
        Relationships: [];
      };
      ledger_accounts: {
        Row: {
          code: string;
          created_at: string;
          description: string;
          kind: string;
        };
        ComputedFields: never;
        Insert: {
          code: string;
          created_at?: string;
          description: string;
          kind: string;
        };
        Update: {
          code?: string;
          created_at?: string;
          description?: string;
          kind?: string;
        };
        Relationships: [];
      };
      ledger_entries: {
        Row: {
          amount_minor: number;
          created_at: string;
          currency_code: string;
          d: string;
          id: string;
          kind: string;
          object_ref: string;
          occurred_at: string;
          payment_event_id: string;
          payment_id: string;
        };
        ComputedFields: never;
        Insert: {
          amount_minor: number;
          created_at?: string;
          currency_code: string;
          d: string;
          id?: string;
          kind: string;
          object_ref: string;
          occurred_at: string;
          payment_event_id: string;
          payment_id: string;
        };
        Update: {
          amount_minor?: number;
          created_at?: string;
          currency_code?: string;
          d?: string;
          id?: string;
          kind?: string;
          object_ref?: string;
          occurred_at?: string;
          payment_event_id?: string;
          payment_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "ledger_entries_payment_event_id_fkey";
            columns: ["payment_event_id"];
            isOneToOne: true;
            referencedRelation: "payment_events";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ledger_entries_payment_id_fkey";
            columns: ["payment_id"];
            isOneToOne: false;
            referencedRelation: "payments";
            referencedColumns: ["id"];
          },
        ];
      };
      ledger_postings: {
        Row: {
          account_code: string;
          amount_minor: number;
          currency_code: string;
          entry_id: string;
        };
        ComputedFields: never;
        Insert: {
          account_code: string;
          amount_minor: number;
          currency_code: string;
          entry_id: string;
        };
        Update: {
          account_code?: string;
          amount_minor?: number;
          currency_code?: string;
          entry_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "ledger_postings_account_code_fkey";
            columns: ["account_code"];
            isOneToOne: false;
            referencedRelation: "ledger_accounts";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "ledger_postings_entry_id_fkey";
            columns: ["entry_id"];
            isOneToOne: false;
            referencedRelation: "ledger_entries";
            referencedColumns: ["id"];
          },
        ];
      };
      limit_usage: {
        Row: {
          created_at: string;
          key: string;
          updated_at: string;
          used: number;
          user_id: string;
          window_start: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          key: string;
          updated_at?: string;
          used?: number;
          user_id: string;
          window_start: string;
        };
        Update: {
          created_at?: string;
          key?: string;
          updated_at?: string;
          used?: number;
          user_id?: string;
          window_start?: string;
        };
        Relationships: [
          {
            foreignKeyName: "limit_usage_key_fkey";
            columns: ["key"];
            isOneToOne: false;
            referencedRelation: "limits_catalog";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "limit_usage_key_fkey";
            columns: ["key"];
            isOneToOne: false;
            referencedRelation: "v_user_limits";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "limit_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "limit_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "limit_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "limit_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "limit_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "limit_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      limits: {
        Row: {
          created_at: string;
          description: string | null;
          key: string;
          updated_at: string;
          value: number;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          description?: string | null;
          key: string;
          updated_at?: string;
          value: number;
        };
        Update: {
          created_at?: string;
          description?: string | null;
          key?: string;
          updated_at?: string;
          value?: number;
        };
        Relationships: [];
      };
      limits_catalog: {
        Row: {
          created_at: string;
          description: string;
          key: string;
          rolling_days: number | null;
          unit: string;
          updated_at: string;
          window_kind: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          description: string;
          key: string;
          rolling_days?: number | null;
          unit: string;
          updated_at?: string;
          window_kind: string;
        };
        Update: {
          created_at?: string;
          description?: string;
          key?: string;
          rolling_days?: number | null;
          unit?: string;
          updated_at?: string;
          window_kind?: string;
        };
        Relationships: [];
      };
      payment_events: {
        Row: {
          amount_minor: number | null;
          attempts: number;
          cancel_at_period_end: boolean | null;
          currency_code: string | null;
          event_id: string;
          event_type: string;
          id: string;
          object_ref: string | null;
          occurred_at: string;
          outcome: string | null;
          payment_ref: string | null;
          period_end: string | null;
          period_start: string | null;
          plan_code: string | null;
          processed_at: string | null;
          provider: string;
          raw: NonNullable<Json>;
          received_at: string;
          status: string;
          subscription_ref: string | null;
          subscription_status: string | null;
          tried_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          amount_minor?: number | null;
          attempts?: number;
          cancel_at_period_end?: boolean | null;
          currency_code?: string | null;
          event_id: string;
          event_type: string;
          id?: string;
          object_ref?: string | null;
          occurred_at: string;
          outcome?: string | null;
          payment_ref?: string | null;
          period_end?: string | null;
          period_start?: string | null;
          plan_code?: string | null;
          processed_at?: string | null;
          provider: string;
          raw?: NonNullable<Json>;
          received_at?: string;
          status?: string;
          subscription_ref?: string | null;
          subscription_status?: string | null;
          tried_at?: string;
          user_id?: string | null;
        };
        Update: {
          amount_minor?: number | null;
          attempts?: number;
          cancel_at_period_end?: boolean | null;
          currency_code?: string | null;
          event_id?: string;
          event_type?: string;
          id?: string;
          object_ref?: string | null;
          occurred_at?: string;
          outcome?: string | null;
          payment_ref?: string | null;
          period_end?: string | null;
          period_start?: string | null;
          plan_code?: string | null;
          processed_at?: string | null;
          provider?: string;
          raw?: NonNullable<Json>;
          received_at?: string;
          status?: string;
          subscription_ref?: string | null;
          subscription_status?: string | null;
          tried_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "payment_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "payment_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "payment_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "payment_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "payment_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "payment_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      payments: {
        Row: {
          captured_at: string | null;
          captured_minor: number;
          claimed_at: string | null;
          created_at: string;
          currency_code: string;
          disputed_minor: number;
          id: string;
          lost_minor: number;
          payment_ref: string;
          period_end: string | null;
          period_start: string | null;
          plan_code: string | null;
          provider: string;
          refunded_minor: number;
          subscription_id: string | null;
          subscription_ref: string | null;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          captured_at?: string | null;
          captured_minor?: number;
          claimed_at?: string | null;
          created_at?: string;
          currency_code: string;
          disputed_minor?: number;
          id?: string;
          lost_minor?: number;
          payment_ref: string;
          period_end?: string | null;
          period_start?: string | null;
          plan_code?: string | null;
          provider: string;
          refunded_minor?: number;
          subscription_id?: string | null;
          subscription_ref?: string | null;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          captured_at?: string | null;
          captured_minor?: number;
          claimed_at?: string | null;
          created_at?: string;
          currency_code?: string;
          disputed_minor?: number;
          id?: string;
          lost_minor?: number;
          payment_ref?: string;
          period_end?: string | null;
          period_start?: string | null;
          plan_code?: string | null;
          provider?: string;
          refunded_minor?: number;
          subscription_id?: string | null;
          subscription_ref?: string | null;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "payments_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "tier_plans";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "payments_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["plan_code"];
          },
          {
            foreignKeyName: "payments_subscription_id_fkey";
            columns: ["subscription_id"];
            isOneToOne: false;
            referencedRelation: "subscriptions";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "payments_subscription_id_fkey";
            columns: ["subscription_id"];
            isOneToOne: false;
            referencedRelation: "v_subscriptions_active";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      paymongo_events: {
        Row: {
          about: string[];
          deliveries: number;
          event_id: string;
          event_type: string;
          livemode: boolean;
          outcome: string | null;
          processed_at: string | null;
          raw: NonNullable<Json>;
          received_at: string;
          reports: string[];
          signature: string;
          state: string;
        };
        ComputedFields: never;
        Insert: {
          about: string[];
          deliveries?: number;
          event_id: string;
          event_type: string;
          livemode: boolean;
          outcome?: string | null;
          processed_at?: string | null;
          raw: NonNullable<Json>;
          received_at?: string;
          reports?: string[];
          signature: string;
          state?: string;
        };
        Update: {
          about?: string[];
          deliveries?: number;
          event_id?: string;
          event_type?: string;
          livemode?: boolean;
          outcome?: string | null;
          processed_at?: string | null;
          raw?: NonNullable<Json>;
          received_at?: string;
          reports?: string[];
          signature?: string;
          state?: string;
        };
        Relationships: [];
      };
      paymongo_payment_intents: {
        Row: {
          amount_minor: number;
          created_at: string;
          currency_code: string;
          id: string;
          metadata: NonNullable<Json>;
          price_id: string;
          status: string;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          amount_minor: number;
          created_at?: string;
          currency_code?: string;
          id: string;
          metadata?: NonNullable<Json>;
          price_id: string;
          status?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          amount_minor?: number;
          created_at?: string;
          currency_code?: string;
          id?: string;
          metadata?: NonNullable<Json>;
          price_id?: string;
          status?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "paymongo_payment_intents_price_id_fkey";
            columns: ["price_id"];
            isOneToOne: false;
            referencedRelation: "paymongo_price_map";
            referencedColumns: ["price_id"];
          },
          {
            foreignKeyName: "paymongo_payment_intents_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "paymongo_payment_intents_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paymongo_payment_intents_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paymongo_payment_intents_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paymongo_payment_intents_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paymongo_payment_intents_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      paymongo_payments: {
        Row: {
          amount_minor: number;
          created_at: string;
          currency_code: string;
          fee_minor: number | null;
          id: string;
          paid_at: string | null;
          payment_intent_id: string | null;
          payment_method: string | null;
          price_id: string | null;
          status: string;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          amount_minor: number;
          created_at?: string;
          currency_code: string;
          fee_minor?: number | null;
          id: string;
          paid_at?: string | null;
          payment_intent_id?: string | null;
          payment_method?: string | null;
          price_id?: string | null;
          status: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          amount_minor?: number;
          created_at?: string;
          currency_code?: string;
          fee_minor?: number | null;
          id?: string;
          paid_at?: string | null;
          payment_intent_id?: string | null;
          payment_method?: string | null;
          price_id?: string | null;
          status?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "paymongo_payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "paymongo_payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paymongo_payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paymongo_payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paymongo_payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paymongo_payments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      paymongo_price_map: {
        Row: {
          amount_minor: number;
          created_at: string;
          currency_code: string;
          is_active: boolean;
          months: number;
          plan_code: string;
          price_id: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          amount_minor: number;
          created_at?: string;
          currency_code?: string;
          is_active?: boolean;
          months?: number;
          plan_code: string;
          price_id: string;
          updated_at?: string;
        };
        Update: {
          amount_minor?: number;
          created_at?: string;
          currency_code?: string;
          is_active?: boolean;
          months?: number;
          plan_code?: string;
          price_id?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "paymongo_price_map_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "tier_plans";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "paymongo_price_map_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["plan_code"];
          },
        ];
      };
      paypal_captures: {
        Row: {
          amount_minor: number;
          created_at: string;
          currency_code: string;
          fee_minor: number | null;
          id: string;
          order_id: string | null;
          paid_at: string;
          price_id: string | null;
          status: string;
          subscription_id: string | null;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          amount_minor: number;
          created_at?: string;
          currency_code: string;
          fee_minor?: number | null;
          id: string;
          order_id?: string | null;
          paid_at: string;
          price_id?: string | null;
          status: string;
          subscription_id?: string | null;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          amount_minor?: number;
          created_at?: string;
          currency_code?: string;
          fee_minor?: number | null;
          id?: string;
          order_id?: string | null;
          paid_at?: string;
          price_id?: string | null;
          status?: string;
          subscription_id?: string | null;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "paypal_captures_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "paypal_captures_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_captures_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_captures_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_captures_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_captures_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      paypal_disputes: {
        Row: {
          amount_minor: number;
          created_at: string;
          currency_code: string;
          dispute_id: string | null;
          object_ref: string;
          outcome_code: string | null;
          payment_ref: string;
          reversal_id: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          amount_minor: number;
          created_at?: string;
          currency_code: string;
          dispute_id?: string | null;
          object_ref: string;
          outcome_code?: string | null;
          payment_ref: string;
          reversal_id?: string | null;
          updated_at?: string;
        };
        Update: {
          amount_minor?: number;
          created_at?: string;
          currency_code?: string;
          dispute_id?: string | null;
          object_ref?: string;
          outcome_code?: string | null;
          payment_ref?: string;
          reversal_id?: string | null;
          updated_at?: string;
        };
        Relationships: [];
      };
      paypal_events: {
        Row: {
          about: string[];
          deliveries: number;
          event_id: string;
          event_type: string;
          livemode: boolean;
          outcome: string | null;
          processed_at: string | null;
          raw: NonNullable<Json>;
          received_at: string;
          reports: string[];
          signature: string;
          state: string;
          transmission_id: string;
        };
        ComputedFields: never;
        Insert: {
          about: string[];
          deliveries?: number;
          event_id: string;
          event_type: string;
          livemode: boolean;
          outcome?: string | null;
          processed_at?: string | null;
          raw: NonNullable<Json>;
          received_at?: string;
          reports?: string[];
          signature: string;
          state?: string;
          transmission_id: string;
        };
        Update: {
          about?: string[];
          deliveries?: number;
          event_id?: string;
          event_type?: string;
          livemode?: boolean;
          outcome?: string | null;
          processed_at?: string | null;
          raw?: NonNullable<Json>;
          received_at?: string;
          reports?: string[];
          signature?: string;
          state?: string;
          transmission_id?: string;
        };
        Relationships: [];
      };
      paypal_orders: {
        Row: {
          amount_minor: number | null;
          created_at: string;
          currency_code: string | null;
          id: string;
          metadata: NonNullable<Json>;
          price_id: string | null;
          status: string;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          amount_minor?: number | null;
          created_at?: string;
          currency_code?: string | null;
          id: string;
          metadata?: NonNullable<Json>;
          price_id?: string | null;
          status?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          amount_minor?: number | null;
          created_at?: string;
          currency_code?: string | null;
          id?: string;
          metadata?: NonNullable<Json>;
          price_id?: string | null;
          status?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "paypal_orders_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "paypal_orders_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_orders_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_orders_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_orders_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_orders_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      paypal_price_map: {
        Row: {
          amount_minor: number;
          created_at: string;
          currency_code: string;
          is_active: boolean;
          months: number;
          plan_code: string;
          price_id: string;
          retired_at: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          amount_minor: number;
          created_at?: string;
          currency_code?: string;
          is_active?: boolean;
          months?: number;
          plan_code: string;
          price_id: string;
          retired_at?: string | null;
          updated_at?: string;
        };
        Update: {
          amount_minor?: number;
          created_at?: string;
          currency_code?: string;
          is_active?: boolean;
          months?: number;
          plan_code?: string;
          price_id?: string;
          retired_at?: string | null;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "paypal_price_map_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "tier_plans";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "paypal_price_map_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["plan_code"];
          },
        ];
      };
      paypal_subscriptions: {
        Row: {
          created_at: string;
          id: string;
          price_id: string;
          price_since: string;
          told_at: string;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          id: string;
          price_id: string;
          price_since: string;
          told_at: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          created_at?: string;
          id?: string;
          price_id?: string;
          price_since?: string;
          told_at?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "paypal_subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "paypal_subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "paypal_subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      practice_pack_items: {
        Row: {
          audio_url: string | null;
          created_at: string;
          id: string;
          is_hidden: boolean;
          kind: string;
          notes: string | null;
          order_index: number;
          original_text: string | null;
          pack_id: string;
          phonetics: string | null;
          revised_text: string | null;
          risk_flags: string[];
          tags: string[];
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          audio_url?: string | null;
          created_at?: string;
          id?: string;
          is_hidden?: boolean;
          kind: string;
          notes?: string | null;
          order_index?: number;
          original_text?: string | null;
          pack_id: string;
          phonetics?: string | null;
          revised_text?: string | null;
          risk_flags?: string[];
          tags?: string[];
          updated_at?: string;
          user_id: string;
        };
        Update: {
          audio_url?: string | null;
          created_at?: string;
          id?: string;
          is_hidden?: boolean;
          kind?: string;
          notes?: string | null;
          order_index?: number;
          original_text?: string | null;
          pack_id?: string;
          phonetics?: string | null;
          revised_text?: string | null;
          risk_flags?: string[];
          tags?: string[];
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "practice_pack_items_pack_id_user_id_fkey";
            columns: ["pack_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "practice_packs";
            referencedColumns: ["id", "user_id"];
          },
        ];
      };
      practice_packs: {
        Row: {
          ai_scores: NonNullable<Json>;
          coach_key: string | null;
          created_at: string;
          difficulty: number | null;
          flags: NonNullable<Json>;
          id: string;
          language: string | null;
          offers: number;
          published_at: string | null;
          session_id: string | null;
          state: string;
          summary: string | null;
          title: string;
          topics: string[];
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          ai_scores?: NonNullable<Json>;
          coach_key?: string | null;
          created_at?: string;
          difficulty?: number | null;
          flags?: NonNullable<Json>;
          id?: string;
          language?: string | null;
          offers?: number;
          published_at?: string | null;
          session_id?: string | null;
          state?: string;
          summary?: string | null;
          title?: string;
          topics?: string[];
          updated_at?: string;
          user_id: string;
        };
        Update: {
          ai_scores?: NonNullable<Json>;
          coach_key?: string | null;
          created_at?: string;
          difficulty?: number | null;
          flags?: NonNullable<Json>;
          id?: string;
          language?: string | null;
          offers?: number;
          published_at?: string | null;
          session_id?: string | null;
          state?: string;
          summary?: string | null;
          title?: string;
          topics?: string[];
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "practice_packs_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "practice_packs_session_id_fkey";
            columns: ["session_id"];
            isOneToOne: false;
            referencedRelation: "sessions";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "practice_packs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "practice_packs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "practice_packs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "practice_packs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "practice_packs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "practice_packs_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      product_rec_events: {
        Row: {
          coach_key: string | null;
          country_code: string | null;
          created_at: string;
          difficulty: number | null;
          event_type: string;
          id: string;
          item_id: string;
          meta: NonNullable<Json>;
          rule_id: string | null;
          session_id: string | null;
          slot_id: string | null;
          surface: string;
          tier: string | null;
          topic: string | null;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          coach_key?: string | null;
          country_code?: string | null;
          created_at?: string;
          difficulty?: number | null;
          event_type: string;
          id?: string;
          item_id: string;
          meta?: NonNullable<Json>;
          rule_id?: string | null;
          session_id?: string | null;
          slot_id?: string | null;
          surface: string;
          tier?: string | null;
          topic?: string | null;
          user_id?: string | null;
        };
        Update: {
          coach_key?: string | null;
          country_code?: string | null;
          created_at?: string;
          difficulty?: number | null;
          event_type?: string;
          id?: string;
          item_id?: string;
          meta?: NonNullable<Json>;
          rule_id?: string | null;
          session_id?: string | null;
          slot_id?: string | null;
          surface?: string;
          tier?: string | null;
          topic?: string | null;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "product_rec_events_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "product_rec_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_events_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "v_product_recs_for_user";
            referencedColumns: ["item_id"];
          },
          {
            foreignKeyName: "product_rec_events_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "v_product_recs_public";
            referencedColumns: ["item_id"];
          },
          {
            foreignKeyName: "product_rec_events_rule_id_fkey";
            columns: ["rule_id"];
            isOneToOne: false;
            referencedRelation: "product_rec_rules";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_events_session_id_fkey";
            columns: ["session_id"];
            isOneToOne: false;
            referencedRelation: "sessions";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_events_slot_id_fkey";
            columns: ["slot_id"];
            isOneToOne: false;
            referencedRelation: "product_rec_slots";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_events_slot_id_fkey";
            columns: ["slot_id"];
            isOneToOne: false;
            referencedRelation: "v_product_recs_for_user";
            referencedColumns: ["slot_id"];
          },
          {
            foreignKeyName: "product_rec_events_slot_id_fkey";
            columns: ["slot_id"];
            isOneToOne: false;
            referencedRelation: "v_product_recs_public";
            referencedColumns: ["slot_id"];
          },
          {
            foreignKeyName: "product_rec_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      product_rec_items: {
        Row: {
          affiliate_url: string | null;
          available: boolean;
          coach_keys: string[];
          created_at: string;
          created_by: string | null;
          currency_code: string | null;
          description: string | null;
          difficulties: number[];
          ends_at: string | null;
          id: string;
          image_url: string | null;
          is_active: boolean;
          markets: string[];
          partner: string | null;
          price_max_minor: number | null;
          price_min_minor: number | null;
          raw: NonNullable<Json>;
          shopify_product_id: string | null;
          source: string;
          starts_at: string | null;
          subtitle: string | null;
          tags: string[];
          tiers: string[];
          title: string;
          topics: string[];
          updated_at: string;
          updated_by: string | null;
          url: string | null;
          weight: number;
        };
        ComputedFields: never;
        Insert: {
          affiliate_url?: string | null;
          available?: boolean;
          coach_keys?: string[];
          created_at?: string;
          created_by?: string | null;
          currency_code?: string | null;
          description?: string | null;
          difficulties?: number[];
          ends_at?: string | null;
          id?: string;
          image_url?: string | null;
          is_active?: boolean;
          markets?: string[];
          partner?: string | null;
          price_max_minor?: number | null;
          price_min_minor?: number | null;
          raw?: NonNullable<Json>;
          shopify_product_id?: string | null;
          source?: string;
          starts_at?: string | null;
          subtitle?: string | null;
          tags?: string[];
          tiers?: string[];
          title: string;
          topics?: string[];
          updated_at?: string;
          updated_by?: string | null;
          url?: string | null;
          weight?: number;
        };
        Update: {
          affiliate_url?: string | null;
          available?: boolean;
          coach_keys?: string[];
          created_at?: string;
          created_by?: string | null;
          currency_code?: string | null;
          description?: string | null;
          difficulties?: number[];
          ends_at?: string | null;
          id?: string;
          image_url?: string | null;
          is_active?: boolean;
          markets?: string[];
          partner?: string | null;
          price_max_minor?: number | null;
          price_min_minor?: number | null;
          raw?: NonNullable<Json>;
          shopify_product_id?: string | null;
          source?: string;
          starts_at?: string | null;
          subtitle?: string | null;
          tags?: string[];
          tiers?: string[];
          title?: string;
          topics?: string[];
          updated_at?: string;
          updated_by?: string | null;
          url?: string | null;
          weight?: number;
        };
        Relationships: [
          {
            foreignKeyName: "product_rec_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_shopify_product_id_fkey";
            columns: ["shopify_product_id"];
            isOneToOne: false;
            referencedRelation: "shopify_products_cache";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_items_shopify_product_id_fkey";
            columns: ["shopify_product_id"];
            isOneToOne: false;
            referencedRelation: "v_shopify_products_public";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      product_rec_rules: {
        Row: {
          coach_keys: string[];
          created_at: string;
          created_by: string | null;
          description: string | null;
          difficulties: number[];
          ends_at: string | null;
          id: string;
          is_active: boolean;
          markets: string[];
          max_items: number;
          meta: NonNullable<Json>;
          name: string;
          starts_at: string | null;
          surface: string;
          tiers: string[];
          topics: string[];
          updated_at: string;
          updated_by: string | null;
        };
        ComputedFields: never;
        Insert: {
          coach_keys?: string[];
          created_at?: string;
          created_by?: string | null;
          description?: string | null;
          difficulties?: number[];
          ends_at?: string | null;
          id?: string;
          is_active?: boolean;
          markets?: string[];
          max_items?: number;
          meta?: NonNullable<Json>;
          name: string;
          starts_at?: string | null;
          surface: string;
          tiers?: string[];
          topics?: string[];
          updated_at?: string;
          updated_by?: string | null;
        };
        Update: {
          coach_keys?: string[];
          created_at?: string;
          created_by?: string | null;
          description?: string | null;
          difficulties?: number[];
          ends_at?: string | null;
          id?: string;
          is_active?: boolean;
          markets?: string[];
          max_items?: number;
          meta?: NonNullable<Json>;
          name?: string;
          starts_at?: string | null;
          surface?: string;
          tiers?: string[];
          topics?: string[];
          updated_at?: string;
          updated_by?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "product_rec_rules_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_rules_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_rules_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "product_rec_rules_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      product_rec_slots: {
        Row: {
          created_at: string;
          ends_at: string | null;
          id: string;
          is_active: boolean;
          item_id: string | null;
          position: number;
          rule_id: string | null;
          starts_at: string | null;
          surface: string;
          updated_at: string;
          weight: number;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          ends_at?: string | null;
          id?: string;
          is_active?: boolean;
          item_id?: string | null;
          position?: number;
          rule_id?: string | null;
          starts_at?: string | null;
          surface: string;
          updated_at?: string;
          weight?: number;
        };
        Update: {
          created_at?: string;
          ends_at?: string | null;
          id?: string;
          is_active?: boolean;
          item_id?: string | null;
          position?: number;
          rule_id?: string | null;
          starts_at?: string | null;
          surface?: string;
          updated_at?: string;
          weight?: number;
        };
        Relationships: [
          {
            foreignKeyName: "product_rec_slots_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "product_rec_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "product_rec_slots_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "v_product_recs_for_user";
            referencedColumns: ["item_id"];
          },
          {
            foreignKeyName: "product_rec_slots_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "v_product_recs_public";
            referencedColumns: ["item_id"];
          },
          {
            foreignKeyName: "product_rec_slots_rule_id_surface_fkey";
            columns: ["rule_id", "surface"];
            isOneToOne: false;
            referencedRelation: "product_rec_rules";
            referencedColumns: ["id", "surface"];
          },
        ];
      };
      profiles: {
        Row: {
          active_coach_key: string | null;
          avatar_url: string | null;
          country_code: string | null;
          created_at: string;
          currency_code: string | null;
          daily_target_minutes: number | null;
          domains: string[];
          email: string | null;
          full_name: string | null;
          goals: string | null;
          id: string;
          language: string | null;
          last_seen_at: string | null;
          marketing_opt_in: boolean;
          practice_focus: string | null;
          preferred_difficulty: number | null;
          profession: string | null;
          referral_code: string | null;
          reminder_time_local: string | null;
          role: string;
          tier: string;
          timezone: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          active_coach_key?: string | null;
          avatar_url?: string | null;
          country_code?: string | null;
          created_at?: string;
          currency_code?: string | null;
          daily_target_minutes?: number | null;
          domains?: string[];
          email?: string | null;
          full_name?: string | null;
          goals?: string | null;
          id: string;
          language?: string | null;
          last_seen_at?: string | null;
          marketing_opt_in?: boolean;
          practice_focus?: string | null;
          preferred_difficulty?: number | null;
          profession?: string | null;
          referral_code?: string | null;
          reminder_time_local?: string | null;
          role?: string;
          tier?: string;
          timezone?: string;
          updated_at?: string;
        };
        Update: {
          active_coach_key?: string | null;
          avatar_url?: string | null;
          country_code?: string | null;
          created_at?: string;
          currency_code?: string | null;
          daily_target_minutes?: number | null;
          domains?: string[];
          email?: string | null;
          full_name?: string | null;
          goals?: string | null;
          id?: string;
          language?: string | null;
          last_seen_at?: string | null;
          marketing_opt_in?: boolean;
          practice_focus?: string | null;
          preferred_difficulty?: number | null;
          profession?: string | null;
          referral_code?: string | null;
          reminder_time_local?: string | null;
          role?: string;
          tier?: string;
          timezone?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "profiles_active_coach_key_fkey";
            columns: ["active_coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
        ];
      };
      realtime_tokens: {
        Row: {
          expires_at: string;
          id: string;
          issued_at: string;
          meta: NonNullable<Json>;
          provider: string;
          reason: string | null;
          revoked_at: string | null;
          scope: string;
          session_id: string | null;
          token_hash: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          expires_at: string;
          id?: string;
          issued_at?: string;
          meta?: NonNullable<Json>;
          provider?: string;
          reason?: string | null;
          revoked_at?: string | null;
          scope?: string;
          session_id?: string | null;
          token_hash: string;
          user_id: string;
        };
        Update: {
          expires_at?: string;
          id?: string;
          issued_at?: string;
          meta?: NonNullable<Json>;
          provider?: string;
          reason?: string | null;
          revoked_at?: string | null;
          scope?: string;
          session_id?: string | null;
          token_hash?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "realtime_tokens_session_id_user_id_fkey";
            columns: ["session_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "sessions";
            referencedColumns: ["id", "user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      recon_findings: {
        Row: {
          actual_amount_minor: number | null;
          actual_currency: string | null;
          actual_status: string | null;
          created_at: string;
          d: string | null;
          details: NonNullable<Json>;
          diff_type: string;
          expected_amount_minor: number | null;
          expected_currency: string | null;
          expected_status: string | null;
          finding_key: string;
          id: string;
          job_id: string;
          payment_ref: string | null;
          provider: string | null;
          resolution: string | null;
          resolved_at: string | null;
          resolved_by: string | null;
          resolved_run_id: string | null;
          run_id: string;
          seen_at: string;
          seen_run_id: string;
          subject_id: string | null;
          suggested_action: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          actual_amount_minor?: number | null;
          actual_currency?: string | null;
          actual_status?: string | null;
          created_at?: string;
          d?: string | null;
          details?: NonNullable<Json>;
          diff_type: string;
          expected_amount_minor?: number | null;
          expected_currency?: string | null;
          expected_status?: string | null;
          finding_key: string;
          id?: string;
          job_id: string;
          payment_ref?: string | null;
          provider?: string | null;
          resolution?: string | null;
          resolved_at?: string | null;
          resolved_by?: string | null;
          resolved_run_id?: string | null;
          run_id: string;
          seen_at?: string;
          seen_run_id: string;
          subject_id?: string | null;
          suggested_action: string;
          user_id?: string | null;
        };
        Update: {
          actual_amount_minor?: number | null;
          actual_currency?: string | null;
          actual_status?: string | null;
          created_at?: string;
          d?: string | null;
          details?: NonNullable<Json>;
          diff_type?: string;
          expected_amount_minor?: number | null;
          expected_currency?: string | null;
          expected_status?: string | null;
          finding_key?: string;
          id?: string;
          job_id?: string;
          payment_ref?: string | null;
          provider?: string | null;
          resolution?: string | null;
          resolved_at?: string | null;
          resolved_by?: string | null;
          resolved_run_id?: string | null;
          run_id?: string;
          seen_at?: string;
          seen_run_id?: string;
          subject_id?: string | null;
          suggested_action?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "recon_findings_job_id_fkey";
            columns: ["job_id"];
            isOneToOne: false;
            referencedRelation: "recon_jobs";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "recon_findings_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "recon_findings_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_resolved_by_fkey";
            columns: ["resolved_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_resolved_run_id_fkey";
            columns: ["resolved_run_id"];
            isOneToOne: false;
            referencedRelation: "recon_runs";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "recon_findings_run_id_fkey";
            columns: ["run_id"];
            isOneToOne: false;
            referencedRelation: "recon_runs";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "recon_findings_seen_run_id_fkey";
            columns: ["seen_run_id"];
            isOneToOne: false;
            referencedRelation: "recon_runs";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      recon_jobs: {
        Row: {
          attempts: number;
          created_at: string;
          created_by: string | null;
          date_from: string;
          date_to: string;
          id: string;
          job_type: string;
          last_error: string | null;
          params: NonNullable<Json>;
          scheduled_for: string;
          status: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          attempts?: number;
          created_at?: string;
          created_by?: string | null;
          date_from: string;
          date_to: string;
          id?: string;
          job_type: string;
          last_error?: string | null;
          params?: NonNullable<Json>;
          scheduled_for?: string;
          status?: string;
          updated_at?: string;
        };
        Update: {
          attempts?: number;
          created_at?: string;
          created_by?: string | null;
          date_from?: string;
          date_to?: string;
          id?: string;
          job_type?: string;
          last_error?: string | null;
          params?: NonNullable<Json>;
          scheduled_for?: string;
          status?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "recon_jobs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "recon_jobs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_jobs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_jobs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_jobs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_jobs_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      recon_runs: {
        Row: {
          error: string | null;
          finished_at: string | null;
          id: string;
          job_id: string;
          started_at: string;
          stats: NonNullable<Json>;
          status: string;
          worker_notes: string | null;
        };
        ComputedFields: never;
        Insert: {
          error?: string | null;
          finished_at?: string | null;
          id?: string;
          job_id: string;
          started_at?: string;
          stats?: NonNullable<Json>;
          status?: string;
          worker_notes?: string | null;
        };
        Update: {
          error?: string | null;
          finished_at?: string | null;
          id?: string;
          job_id?: string;
          started_at?: string;
          stats?: NonNullable<Json>;
          status?: string;
          worker_notes?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "recon_runs_job_id_fkey";
            columns: ["job_id"];
            isOneToOne: false;
            referencedRelation: "recon_jobs";
            referencedColumns: ["id"];
          },
        ];
      };
      reports: {
        Row: {
          created_at: string;
          handled_at: string | null;
          handled_by: string | null;
          id: string;
          reason: string;
          status: string;
          target_id: string;
          target_table: string;
          updated_at: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          handled_at?: string | null;
          handled_by?: string | null;
          id?: string;
          reason: string;
          status?: string;
          target_id: string;
          target_table: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          created_at?: string;
          handled_at?: string | null;
          handled_by?: string | null;
          id?: string;
          reason?: string;
          status?: string;
          target_id?: string;
          target_table?: string;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      rubrics: {
        Row: {
          coach_key: string | null;
          created_at: string;
          id: string;
          spec: NonNullable<Json>;
          state: string;
          title: string;
          updated_at: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          coach_key?: string | null;
          created_at?: string;
          id?: string;
          spec: NonNullable<Json>;
          state?: string;
          title: string;
          updated_at?: string;
          version?: number;
        };
        Update: {
          coach_key?: string | null;
          created_at?: string;
          id?: string;
          spec?: NonNullable<Json>;
          state?: string;
          title?: string;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: "rubrics_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
        ];
      };
      saved_filters: {
        Row: {
          created_at: string;
          criteria: NonNullable<Json>;
          id: string;
          is_default: boolean;
          name: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          criteria?: NonNullable<Json>;
          id?: string;
          is_default?: boolean;
          name: string;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          criteria?: NonNullable<Json>;
          id?: string;
          is_default?: boolean;
          name?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "saved_filters_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "saved_filters_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "saved_filters_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "saved_filters_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "saved_filters_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "saved_filters_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      sessions: {
        Row: {
          coach_key: string | null;
          drill_id: string | null;
          duration_sec: number | null;
          ended_at: string | null;
          id: string;
          notes: string | null;
          score: number | null;
          started_at: string;
          status: string;
          submitted_at: string | null;
          tier: string;
          tool_used: string | null;
          user_id: string;
          words_per_minute: number | null;
        };
        ComputedFields: never;
        Insert: {
          coach_key?: string | null;
          drill_id?: string | null;
          duration_sec?: number | null;
          ended_at?: string | null;
          id?: string;
          notes?: string | null;
          score?: number | null;
          started_at?: string;
          status?: string;
          submitted_at?: string | null;
          tier: string;
          tool_used?: string | null;
          user_id: string;
          words_per_minute?: number | null;
        };
        Update: {
          coach_key?: string | null;
          drill_id?: string | null;
          duration_sec?: number | null;
          ended_at?: string | null;
          id?: string;
          notes?: string | null;
          score?: number | null;
          started_at?: string;
          status?: string;
          submitted_at?: string | null;
          tier?: string;
          tool_used?: string | null;
          user_id?: string;
          words_per_minute?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: "sessions_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "sessions_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "sessions_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "sessions_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "sessions_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      set_members: {
        Row: {
          added_at: string;
          added_by: string | null;
          item_id: string;
          pinned: boolean;
          position: number;
          set_id: string;
          weight: number;
        };
        ComputedFields: never;
        Insert: {
          added_at?: string;
          added_by?: string | null;
          item_id: string;
          pinned?: boolean;
          position: number;
          set_id: string;
          weight?: number;
        };
        Update: {
          added_at?: string;
          added_by?: string | null;
          item_id?: string;
          pinned?: boolean;
          position?: number;
          set_id?: string;
          weight?: number;
        };
        Relationships: [
          {
            foreignKeyName: "set_members_added_by_fkey";
            columns: ["added_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "set_members_added_by_fkey";
            columns: ["added_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "set_members_added_by_fkey";
            columns: ["added_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "set_members_added_by_fkey";
            columns: ["added_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "set_members_added_by_fkey";
            columns: ["added_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "set_members_added_by_fkey";
            columns: ["added_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "set_members_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "drill_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "set_members_set_id_fkey";
            columns: ["set_id"];
            isOneToOne: false;
            referencedRelation: "drill_sets";
            referencedColumns: ["id"];
          },
        ];
      };
      settings: {
        Row: {
          created_at: string;
          description: string | null;
          key: string;
          updated_at: string;
          value: NonNullable<Json>;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          description?: string | null;
          key: string;
          updated_at?: string;
          value: NonNullable<Json>;
        };
        Update: {
          created_at?: string;
          description?: string | null;
          key?: string;
          updated_at?: string;
          value?: NonNullable<Json>;
        };
        Relationships: [];
      };
      shopify_collections_cache: {
        Row: {
          created_at: string;
          description_html: string | null;
          handle: string;
          id: string;
          image_url: string | null;
          is_hidden: boolean;
          is_published: boolean;
          market: string;
          raw: NonNullable<Json>;
          seen_at: string;
          shopify_id: string;
          shopify_updated_at: string;
          source: string;
          title: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          description_html?: string | null;
          handle: string;
          id?: string;
          image_url?: string | null;
          is_hidden?: boolean;
          is_published: boolean;
          market?: string;
          raw?: NonNullable<Json>;
          seen_at?: string;
          shopify_id: string;
          shopify_updated_at: string;
          source?: string;
          title: string;
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          description_html?: string | null;
          handle?: string;
          id?: string;
          image_url?: string | null;
          is_hidden?: boolean;
          is_published?: boolean;
          market?: string;
          raw?: NonNullable<Json>;
          seen_at?: string;
          shopify_id?: string;
          shopify_updated_at?: string;
          source?: string;
          title?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "shopify_collections_cache_source_fkey";
            columns: ["source"];
            isOneToOne: false;
            referencedRelation: "shopify_sync_state";
            referencedColumns: ["source"];
          },
        ];
      };
      shopify_product_collections: {
        Row: {
          collection_id: string;
          position: number;
          product_id: string;
        };
        ComputedFields: never;
        Insert: {
          collection_id: string;
          position: number;
          product_id: string;
        };
        Update: {
          collection_id?: string;
          position?: number;
          product_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "shopify_product_collections_collection_id_fkey";
            columns: ["collection_id"];
            isOneToOne: false;
            referencedRelation: "shopify_collections_cache";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "shopify_product_collections_collection_id_fkey";
            columns: ["collection_id"];
            isOneToOne: false;
            referencedRelation: "v_shopify_collections_public";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "shopify_product_collections_product_id_fkey";
            columns: ["product_id"];
            isOneToOne: false;
            referencedRelation: "shopify_products_cache";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "shopify_product_collections_product_id_fkey";
            columns: ["product_id"];
            isOneToOne: false;
            referencedRelation: "v_shopify_products_public";
            referencedColumns: ["id"];
          },
        ];
      };
      shopify_products_cache: {
        Row: {
          available: boolean;
          created_at: string;
          currency_code: string | null;
          handle: string;
          id: string;
          image_url: string | null;
          is_hidden: boolean;
          is_published: boolean;
          market: string;
          price_max_minor: number | null;
          price_min_minor: number | null;
          product_type: string | null;
          raw: NonNullable<Json>;
          seen_at: string;
          shopify_id: string;
          shopify_updated_at: string;
          source: string;
          tags: string[];
          title: string;
          updated_at: string;
          url: string | null;
          vendor: string | null;
        };
        ComputedFields: never;
        Insert: {
          available: boolean;
          created_at?: string;
          currency_code?: string | null;
          handle: string;
          id?: string;
          image_url?: string | null;
          is_hidden?: boolean;
          is_published: boolean;
          market?: string;
          price_max_minor?: number | null;
          price_min_minor?: number | null;
          product_type?: string | null;
          raw?: NonNullable<Json>;
          seen_at?: string;
          shopify_id: string;
          shopify_updated_at: string;
          source?: string;
          tags?: string[];
          title: string;
          updated_at?: string;
          url?: string | null;
          vendor?: string | null;
        };
        Update: {
          available?: boolean;
          created_at?: string;
          currency_code?: string | null;
          handle?: string;
          id?: string;
          image_url?: string | null;
          is_hidden?: boolean;
          is_published?: boolean;
          market?: string;
          price_max_minor?: number | null;
          price_min_minor?: number | null;
          product_type?: string | null;
          raw?: NonNullable<Json>;
          seen_at?: string;
          shopify_id?: string;
          shopify_updated_at?: string;
          source?: string;
          tags?: string[];
          title?: string;
          updated_at?: string;
          url?: string | null;
          vendor?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "shopify_products_cache_source_fkey";
            columns: ["source"];
            isOneToOne: false;
            referencedRelation: "shopify_sync_state";
            referencedColumns: ["source"];
          },
        ];
      };
      shopify_sync_state: {
        Row: {
          created_at: string;
          cursor: string | null;
          full_sync_run: string | null;
          full_sync_started_at: string | null;
          last_delta_sync_at: string | null;
          last_full_sync_at: string | null;
          last_webhook_at: string | null;
          source: string;
          stats: NonNullable<Json>;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          cursor?: string | null;
          full_sync_run?: string | null;
          full_sync_started_at?: string | null;
          last_delta_sync_at?: string | null;
          last_full_sync_at?: string | null;
          last_webhook_at?: string | null;
          source: string;
          stats?: NonNullable<Json>;
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          cursor?: string | null;
          full_sync_run?: string | null;
          full_sync_started_at?: string | null;
          last_delta_sync_at?: string | null;
          last_full_sync_at?: string | null;
          last_webhook_at?: string | null;
          source?: string;
          stats?: NonNullable<Json>;
          updated_at?: string;
        };
        Relationships: [];
      };
      subscriptions: {
        Row: {
          cancel_at_period_end: boolean;
          canceled_at: string | null;
          created_at: string;
          current_period_end: string | null;
          current_period_start: string | null;
          external_ref: string;
          id: string;
          plan_code: string;
          provider: string;
          provider_updated_at: string;
          status: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          cancel_at_period_end?: boolean;
          canceled_at?: string | null;
          created_at?: string;
          current_period_end?: string | null;
          current_period_start?: string | null;
          external_ref: string;
          id?: string;
          plan_code: string;
          provider: string;
          provider_updated_at?: string;
          status: string;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          cancel_at_period_end?: boolean;
          canceled_at?: string | null;
          created_at?: string;
          current_period_end?: string | null;
          current_period_start?: string | null;
          external_ref?: string;
          id?: string;
          plan_code?: string;
          provider?: string;
          provider_updated_at?: string;
          status?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "subscriptions_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "tier_plans";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "subscriptions_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["plan_code"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      ticket_events: {
        Row: {
          actor_id: string | null;
          assigned_to: string | null;
          created_at: string;
          data: NonNullable<Json>;
          event_type: string;
          id: string;
          ticket_id: string;
        };
        ComputedFields: never;
        Insert: {
          actor_id?: string | null;
          assigned_to?: string | null;
          created_at?: string;
          data?: NonNullable<Json>;
          event_type: string;
          id?: string;
          ticket_id: string;
        };
        Update: {
          actor_id?: string | null;
          assigned_to?: string | null;
          created_at?: string;
          data?: NonNullable<Json>;
          event_type?: string;
          id?: string;
          ticket_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "ticket_events_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ticket_events_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_actor_id_fkey";
            columns: ["actor_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ticket_events_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_events_ticket_id_fkey";
            columns: ["ticket_id"];
            isOneToOne: false;
            referencedRelation: "tickets";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ticket_events_ticket_id_fkey";
            columns: ["ticket_id"];
            isOneToOne: false;
            referencedRelation: "v_tickets_inbox";
            referencedColumns: ["id"];
          },
        ];
      };
      ticket_messages: {
        Row: {
          attachments: NonNullable<Json>;
          author_id: string | null;
          author_type: string;
          body_html: string | null;
          body_text: string;
          created_at: string;
          id: string;
          meta: NonNullable<Json>;
          ticket_id: string;
          updated_at: string;
          user_id: string | null;
          visibility: string;
        };
        ComputedFields: never;
        Insert: {
          attachments?: NonNullable<Json>;
          author_id?: string | null;
          author_type: string;
          body_html?: string | null;
          body_text: string;
          created_at?: string;
          id?: string;
          meta?: NonNullable<Json>;
          ticket_id: string;
          updated_at?: string;
          user_id?: string | null;
          visibility?: string;
        };
        Update: {
          attachments?: NonNullable<Json>;
          author_id?: string | null;
          author_type?: string;
          body_html?: string | null;
          body_text?: string;
          created_at?: string;
          id?: string;
          meta?: NonNullable<Json>;
          ticket_id?: string;
          updated_at?: string;
          user_id?: string | null;
          visibility?: string;
        };
        Relationships: [
          {
            foreignKeyName: "ticket_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ticket_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_messages_author_id_fkey";
            columns: ["author_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "ticket_messages_ticket_id_fkey";
            columns: ["ticket_id"];
            isOneToOne: false;
            referencedRelation: "tickets";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ticket_messages_ticket_id_fkey";
            columns: ["ticket_id"];
            isOneToOne: false;
            referencedRelation: "v_tickets_inbox";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "ticket_messages_ticket_id_user_id_fkey";
            columns: ["ticket_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "tickets";
            referencedColumns: ["id", "user_id"];
          },
          {
            foreignKeyName: "ticket_messages_ticket_id_user_id_fkey";
            columns: ["ticket_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "v_tickets_inbox";
            referencedColumns: ["id", "user_id"];
          },
        ];
      };
      tickets: {
        Row: {
          assigned_to: string | null;
          category: string;
          channel: string;
          closed_at: string | null;
          coach_key: string | null;
          created_at: string;
          id: string;
          last_author: string | null;
          last_message_at: string | null;
          meta: NonNullable<Json>;
          priority: string;
          reporter_email: string | null;
          reporter_name: string | null;
          resolved_at: string | null;
          sla_breached_at: string | null;
          sla_due_at: string | null;
          state: string;
          subject: string;
          tags: string[];
          updated_at: string;
          user_id: string | null;
          waiting_since: string | null;
        };
        ComputedFields: never;
        Insert: {
          assigned_to?: string | null;
          category?: string;
          channel?: string;
          closed_at?: string | null;
          coach_key?: string | null;
          created_at?: string;
          id?: string;
          last_author?: string | null;
          last_message_at?: string | null;
          meta?: NonNullable<Json>;
          priority?: string;
          reporter_email?: string | null;
          reporter_name?: string | null;
          resolved_at?: string | null;
          sla_breached_at?: string | null;
          sla_due_at?: string | null;
          state?: string;
          subject: string;
          tags?: string[];
          updated_at?: string;
          user_id?: string | null;
          waiting_since?: string | null;
        };
        Update: {
          assigned_to?: string | null;
          category?: string;
          channel?: string;
          closed_at?: string | null;
          coach_key?: string | null;
          created_at?: string;
          id?: string;
          last_author?: string | null;
          last_message_at?: string | null;
          meta?: NonNullable<Json>;
          priority?: string;
          reporter_email?: string | null;
          reporter_name?: string | null;
          resolved_at?: string | null;
          sla_breached_at?: string | null;
          sla_due_at?: string | null;
          state?: string;
          subject?: string;
          tags?: string[];
          updated_at?: string;
          user_id?: string | null;
          waiting_since?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      tier_limits: {
        Row: {
          created_at: string;
          key: string;
          limits_key: string | null;
          tier: string;
          updated_at: string;
          value: number | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          key: string;
          limits_key?: string | null;
          tier: string;
          updated_at?: string;
          value?: number | null;
        };
        Update: {
          created_at?: string;
          key?: string;
          limits_key?: string | null;
          tier?: string;
          updated_at?: string;
          value?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: "tier_limits_key_fkey";
            columns: ["key"];
            isOneToOne: false;
            referencedRelation: "limits_catalog";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "tier_limits_key_fkey";
            columns: ["key"];
            isOneToOne: false;
            referencedRelation: "v_user_limits";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "tier_limits_limits_key_fkey";
            columns: ["limits_key"];
            isOneToOne: false;
            referencedRelation: "limits";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "tier_limits_tier_fkey";
            columns: ["tier"];
            isOneToOne: false;
            referencedRelation: "tier_plans";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "tier_limits_tier_fkey";
            columns: ["tier"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["plan_code"];
          },
        ];
      };
      tier_plans: {
        Row: {
          code: string;
          created_at: string;
          currency_code: string;
          is_active: boolean;
          name: string;
          price_month_minor: number;
          price_year_minor: number;
          rank: number;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          code: string;
          created_at?: string;
          currency_code?: string;
          is_active?: boolean;
          name: string;
          price_month_minor?: number;
          price_year_minor?: number;
          rank: number;
          updated_at?: string;
        };
        Update: {
          code?: string;
          created_at?: string;
          currency_code?: string;
          is_active?: boolean;
          name?: string;
          price_month_minor?: number;
          price_year_minor?: number;
          rank?: number;
          updated_at?: string;
        };
        Relationships: [];
      };
      user_limits: {
        Row: {
          created_at: string;
          expires_at: string | null;
          key: string;
          reason: string;
          updated_at: string;
          user_id: string;
          value: number | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          expires_at?: string | null;
          key: string;
          reason: string;
          updated_at?: string;
          user_id: string;
          value?: number | null;
        };
        Update: {
          created_at?: string;
          expires_at?: string | null;
          key?: string;
          reason?: string;
          updated_at?: string;
          user_id?: string;
          value?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: "user_limits_key_fkey";
            columns: ["key"];
            isOneToOne: false;
            referencedRelation: "limits_catalog";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "user_limits_key_fkey";
            columns: ["key"];
            isOneToOne: false;
            referencedRelation: "v_user_limits";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "user_limits_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "user_limits_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "user_limits_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "user_limits_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "user_limits_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "user_limits_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      user_weekly_recaps: {
        Row: {
          active_days: number;
          attempts: number;
          average_score: number | null;
          best_score: number | null;
          coaches: NonNullable<Json>;
          created_at: string;
          drills: number;
          expressions_saved: number;
          minutes: number;
          topics: NonNullable<Json>;
          updated_at: string;
          user_id: string;
          week_start: string;
        };
        ComputedFields: never;
        Insert: {
          active_days: number;
          attempts: number;
          average_score?: number | null;
          best_score?: number | null;
          coaches: NonNullable<Json>;
          created_at?: string;
          drills: number;
          expressions_saved: number;
          minutes: number;
          topics: NonNullable<Json>;
          updated_at?: string;
          user_id: string;
          week_start: string;
        };
        Update: {
          active_days?: number;
          attempts?: number;
          average_score?: number | null;
          best_score?: number | null;
          coaches?: NonNullable<Json>;
          created_at?: string;
          drills?: number;
          expressions_saved?: number;
          minutes?: number;
          topics?: NonNullable<Json>;
          updated_at?: string;
          user_id?: string;
          week_start?: string;
        };
        Relationships: [
          {
            foreignKeyName: "user_weekly_recaps_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "user_weekly_recaps_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "user_weekly_recaps_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "user_weekly_recaps_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "user_weekly_recaps_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "user_weekly_recaps_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
    };
    Views: {
      v_activity_30d_mnl: {
        Row: {
          d: string | null;
          drills_done: number | null;
          expressions_saved: number | null;
          minutes_used: number | null;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_admin_messages_outbox: {
        Row: {
          attempts: number;
          body_html: string | null;
          body_text: string | null;
          channel: string;
          claimed_by: string | null;
          cta_label: string | null;
          cta_url: string | null;
          delivery_id: string;
          email: string | null;
          full_name: string | null;
          hero_image_url: string | null;
          importance: string;
          language: string | null;
          last_error: string | null;
          message_id: string;
          next_attempt_at: string;
          title: string;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "admin_message_deliveries_message_id_fkey";
            columns: ["message_id"];
            isOneToOne: false;
            referencedRelation: "admin_messages";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_message_id_fkey";
            columns: ["message_id"];
            isOneToOne: false;
            referencedRelation: "v_admin_messages_stats";
            referencedColumns: ["message_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "admin_message_deliveries_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_admin_messages_stats: {
        Row: {
          clicked: number | null;
          deliveries: number | null;
          failed: number | null;
          message_id: string;
          read: number | null;
          send_at: string | null;
          sent: number | null;
          sent_at: string | null;
          state: string;
          title: string;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_affiliate_balances: {
        Row: {
          accrued_minor: number | null;
          affiliate_id: string;
          currency_code: string;
          earned_minor: number | null;
          paid_minor: number | null;
          pending_payout_minor: number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "affiliate_commissions_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
        ];
      };
      v_affiliate_clicks_daily: {
        Row: {
          affiliate_id: string;
          clicks: number | null;
          d: string | null;
          link_id: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "affiliate_clicks_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_clicks_link_id_fkey";
            columns: ["link_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_links";
            referencedColumns: ["id"];
          },
        ];
      };
      v_affiliate_commissions: {
        Row: {
          affiliate_id: string;
          amount_minor: number;
          base_minor: number;
          created_at: string;
          currency_code: string;
          id: string;
          kind: string;
          payout_id: string | null;
          rate_bps: number;
          referral_id: string;
          status: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "affiliate_commissions_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_commissions_payout_id_affiliate_id_currency_code_fkey";
            columns: ["payout_id", "affiliate_id", "currency_code"];
            isOneToOne: false;
            referencedRelation: "affiliate_payouts";
            referencedColumns: ["id", "affiliate_id", "currency_code"];
          },
          {
            foreignKeyName: "affiliate_commissions_referral_id_fkey";
            columns: ["referral_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_referrals";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_commissions_referral_id_fkey";
            columns: ["referral_id"];
            isOneToOne: false;
            referencedRelation: "v_affiliate_referrals_admin";
            referencedColumns: ["id"];
          },
        ];
      };
      v_affiliate_commissions_admin: {
        Row: {
          affiliate_id: string;
          amount_minor: number;
          created_at: string;
          currency_code: string;
          id: string;
          kind: string;
          payment: string | null;
          payout_id: string | null;
          referral_id: string;
        };
        ComputedFields: never;
        Insert: {
          affiliate_id?: string | null;
          amount_minor?: number | null;
          created_at?: string | null;
          currency_code?: string | null;
          id?: string | null;
          kind?: string | null;
          payment?: never;
          payout_id?: string | null;
          referral_id?: string | null;
        };
        Update: {
          affiliate_id?: string | null;
          amount_minor?: number | null;
          created_at?: string | null;
          currency_code?: string | null;
          id?: string | null;
          kind?: string | null;
          payment?: never;
          payout_id?: string | null;
          referral_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "affiliate_commissions_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_commissions_payout_id_affiliate_id_currency_code_fkey";
            columns: ["payout_id", "affiliate_id", "currency_code"];
            isOneToOne: false;
            referencedRelation: "affiliate_payouts";
            referencedColumns: ["id", "affiliate_id", "currency_code"];
          },
          {
            foreignKeyName: "affiliate_commissions_referral_id_fkey";
            columns: ["referral_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_referrals";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_commissions_referral_id_fkey";
            columns: ["referral_id"];
            isOneToOne: false;
            referencedRelation: "v_affiliate_referrals_admin";
            referencedColumns: ["id"];
          },
        ];
      };
      v_affiliate_referrals_admin: {
        Row: {
          affiliate_id: string;
          attached_at: string;
          converted_at: string | null;
          disqualified_at: string | null;
          id: string;
          link_id: string;
          status: string;
          status_reason: string | null;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          affiliate_id?: string | null;
          attached_at?: string | null;
          converted_at?: string | null;
          disqualified_at?: string | null;
          id?: string | null;
          link_id?: string | null;
          status?: string | null;
          status_reason?: string | null;
          user_id?: never;
        };
        Update: {
          affiliate_id?: string | null;
          attached_at?: string | null;
          converted_at?: string | null;
          disqualified_at?: string | null;
          id?: string | null;
          link_id?: string | null;
          status?: string | null;
          status_reason?: string | null;
          user_id?: never;
        };
        Relationships: [
          {
            foreignKeyName: "affiliate_referrals_affiliate_id_fkey";
            columns: ["affiliate_id"];
            isOneToOne: false;
            referencedRelation: "affiliates";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "affiliate_referrals_link_id_fkey";
            columns: ["link_id"];
            isOneToOne: false;
            referencedRelation: "affiliate_links";
            referencedColumns: ["id"];
          },
        ];
      };
      v_assignment_attempts_daily: {
        Row: {
          attempts: number | null;
          avg_score: number | null;
          best_score: number | null;
          coach_key: string;
          d: string | null;
          duration_sec: number | null;
          scored: number | null;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_assignment_latest: {
        Row: {
          attempts_count: number;
          best_score: number | null;
          coach_key: string;
          created_at: string;
          drill_id: string | null;
          due_at: string | null;
          id: string;
          last_attempt_id: string | null;
          last_attempt_score: number | null;
          last_outcome: string | null;
          last_score: number | null;
          last_submitted_at: string | null;
          priority: number;
          scheduled_for: string | null;
          set_id: string | null;
          source: string | null;
          state: string;
          title: string;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "assignments_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "assignments_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "drills";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "assignments_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "assignments_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_drill_stats_daily";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "assignments_drill_id_fkey";
            columns: ["drill_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["drill_id"];
          },
          {
            foreignKeyName: "assignments_set_id_fkey";
            columns: ["set_id"];
            isOneToOne: false;
            referencedRelation: "drill_sets";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "assignments_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_catalog_flat: {
        Row: {
          coach_key: string | null;
          difficulty: number | null;
          gating: boolean | null;
          id: string | null;
          section: string | null;
          source: string | null;
          state: string | null;
          tags: string[] | null;
          title: string | null;
          updated_at: string | null;
          version: number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_coach_switch_status: {
        Row: {
          active_coach_key: string | null;
          can_switch: boolean | null;
          cooldown_days: number | null;
          last_switched_at: string | null;
          max_switches_30d: number | null;
          next_allowed_at: string | null;
          switches_30d: number | null;
          tier: string | null;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "profiles_active_coach_key_fkey";
            columns: ["active_coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
        ];
      };
      v_drill_facets_coach: {
        Row: {
          coach_key: string;
          display_name: string | null;
          drills: number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "drills_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
        ];
      };
      v_drill_facets_date_daily: {
        Row: {
          d: string | null;
          drills: number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_drill_facets_date_monthly: {
        Row: {
          drills: number | null;
          month_start: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_drill_facets_date_weekly: {
        Row: {
          drills: number | null;
          week_start: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_drill_facets_difficulty: {
        Row: {
          difficulty: number | null;
          drills: number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_drill_facets_overview: {
        Row: {
          coaches: number | null;
          drills: number | null;
          first_d: string | null;
          last_d: string | null;
          rated: number | null;
          types: number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_drill_facets_type: {
        Row: {
          drills: number | null;
          type: string;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_drill_stats: {
        Row: {
          aborted: number | null;
          average_score: number | null;
          coach_key: string;
          completed: number | null;
          completion_percent: number | null;
          difficulty: number | null;
          drill_id: string;
          last_practised_on: string | null;
          learners: number | null;
          minutes: number | null;
          sessions: number | null;
          title: string;
          type: string;
          typical_score: number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "drills_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
        ];
      };
      v_drill_stats_daily: {
        Row: {
          aborted: number | null;
          average_score: number | null;
          coach_key: string;
          completed: number | null;
          d: string | null;
          drill_id: string;
          learners: number | null;
          minutes: number | null;
          sessions: number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "drills_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
        ];
      };
      v_editorial_review_queue: {
        Row: {
          blocks: number | null;
          coach_keys: string[] | null;
          created_by: string | null;
          id: string;
          infos: number | null;
          kind: string;
          resolved: number | null;
          slug: string | null;
          title: string;
          updated_by: string | null;
          version: number;
          waiting_since: string;
          warnings: number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_created_by_fkey";
            columns: ["created_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "editorial_items_updated_by_fkey";
            columns: ["updated_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_exemplars_catalog: {
        Row: {
          coach_key: string;
          coach_name: string;
          difficulty: number | null;
          example_prompt: string | null;
          id: string;
          item_id: string | null;
          language: string | null;
          published_at: string | null;
          skill: string | null;
          tags: string[];
          topic: string | null;
          upgraded_text: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "expression_exemplars_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "expression_exemplars_source_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "exemplar_pack_items";
            referencedColumns: ["item_id"];
          },
        ];
      };
      v_expression_reports: {
        Row: {
          created_at: string;
          handled_at: string | null;
          handled_by: string | null;
          id: string;
          reason: string;
          reporter_id: string | null;
          status: string;
          target_id: string;
          target_table: string;
          text: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_handled_by_fkey";
            columns: ["handled_by"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["reporter_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["reporter_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["reporter_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["reporter_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["reporter_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "reports_user_id_fkey";
            columns: ["reporter_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_expressions_library: {
        Row: {
          coach_key: string | null;
          favored_at: string | null;
          is_own: boolean | null;
          item_id: string | null;
          kept_at: string | null;
          kind: string | null;
          learned_at: string | null;
          notes: string | null;
          original_text: string | null;
          pack_id: string | null;
          pack_title: string | null;
          phonetics: string | null;
          review_due_on: string | null;
          review_step: number | null;
          revised_text: string | null;
          tags: string[] | null;
          user_id: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_my_admin_messages: {
        Row: {
          body_html: string | null;
          body_text: string | null;
          channel: string | null;
          clicked_at: string | null;
          cta_label: string | null;
          cta_url: string | null;
          delivery_id: string | null;
          hero_image_url: string | null;
          importance: string | null;
          message_id: string | null;
          read_at: string | null;
          sent_at: string | null;
          title: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_paymongo_events_flat: {
        Row: {
          amount: string | null;
          currency: string | null;
          deliveries: number;
          event_id: string;
          event_type: string;
          livemode: boolean;
          object_id: string | null;
          object_status: string | null;
          object_type: string | null;
          outcome: string | null;
          payment_refs: string[] | null;
          processed_at: string | null;
          received_at: string;
          status: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_paypal_events_flat: {
        Row: {
          amount: string | null;
          currency: string | null;
          deliveries: number;
          event_id: string;
          event_type: string;
          livemode: boolean;
          object_id: string | null;
          object_status: string | null;
          object_type: string | null;
          outcome: string | null;
          payment_refs: string[] | null;
          processed_at: string | null;
          received_at: string;
          status: string | null;
          transmission_id: string;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_product_recs_for_user: {
        Row: {
          affiliate_url: string | null;
          currency_code: string | null;
          description: string | null;
          difficulties: number[];
          image_url: string | null;
          item_id: string;
          partner: string | null;
          position: number;
          price_max_minor: number | null;
          price_min_minor: number | null;
          rule_id: string | null;
          slot_id: string;
          slot_weight: number;
          source: string;
          subtitle: string | null;
          surface: string;
          tags: string[];
          title: string;
          topics: string[];
          url: string | null;
          weight: number;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "product_rec_slots_rule_id_surface_fkey";
            columns: ["rule_id", "surface"];
            isOneToOne: false;
            referencedRelation: "product_rec_rules";
            referencedColumns: ["id", "surface"];
          },
        ];
      };
      v_product_recs_public: {
        Row: {
          affiliate_url: string | null;
          currency_code: string | null;
          description: string | null;
          difficulties: number[];
          image_url: string | null;
          item_id: string;
          partner: string | null;
          position: number;
          price_max_minor: number | null;
          price_min_minor: number | null;
          rule_id: string | null;
          slot_id: string;
          slot_weight: number;
          source: string;
          subtitle: string | null;
          surface: string;
          tags: string[];
          title: string;
          topics: string[];
          url: string | null;
          weight: number;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "product_rec_slots_rule_id_surface_fkey";
            columns: ["rule_id", "surface"];
            isOneToOne: false;
            referencedRelation: "product_rec_rules";
            referencedColumns: ["id", "surface"];
          },
        ];
      };
      v_realtime_token_valid: {
        Row: {
          expires_at: string;
          id: string;
          issued_at: string;
          provider: string;
          scope: string;
          session_id: string | null;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          expires_at?: string | null;
          id?: string | null;
          issued_at?: string | null;
          provider?: string | null;
          scope?: string | null;
          session_id?: string | null;
          user_id?: string | null;
        };
        Update: {
          expires_at?: string | null;
          id?: string | null;
          issued_at?: string | null;
          provider?: string | null;
          scope?: string | null;
          session_id?: string | null;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "realtime_tokens_session_id_user_id_fkey";
            columns: ["session_id", "user_id"];
            isOneToOne: false;
            referencedRelation: "sessions";
            referencedColumns: ["id", "user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "realtime_tokens_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_recon_open: {
        Row: {
          actual_amount_minor: number | null;
          actual_currency: string | null;
          actual_status: string | null;
          created_at: string;
          d: string | null;
          details: NonNullable<Json>;
          diff_type: string;
          expected_amount_minor: number | null;
          expected_currency: string | null;
          expected_status: string | null;
          id: string;
          job_type: string;
          payment_ref: string | null;
          provider: string | null;
          seen_at: string;
          subject_id: string | null;
          suggested_action: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "recon_findings_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_revenue_daily: {
        Row: {
          captured_minor: number | null;
          currency_code: string;
          d: string;
          lost_minor: number | null;
          payments: number | null;
          refunded_minor: number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_review_due: {
        Row: {
          due_on: string | null;
          item_id: string;
          kind: string | null;
          lapses: number;
          notes: string | null;
          original_text: string | null;
          phonetics: string | null;
          reviews: number;
          revised_text: string | null;
          step: number;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "expression_reviews_item_id_fkey";
            columns: ["item_id"];
            isOneToOne: false;
            referencedRelation: "practice_pack_items";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "expression_reviews_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_shopify_collections_public: {
        Row: {
          description_html: string | null;
          handle: string;
          id: string;
          image_url: string | null;
          market: string;
          shopify_id: string;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          description_html?: string | null;
          handle?: string | null;
          id?: string | null;
          image_url?: string | null;
          market?: string | null;
          shopify_id?: string | null;
          title?: string | null;
        };
        Update: {
          description_html?: string | null;
          handle?: string | null;
          id?: string | null;
          image_url?: string | null;
          market?: string | null;
          shopify_id?: string | null;
          title?: string | null;
        };
        Relationships: [];
      };
      v_shopify_products_public: {
        Row: {
          available: boolean;
          currency_code: string | null;
          handle: string;
          id: string;
          image_url: string | null;
          market: string;
          price_max_minor: number | null;
          price_min_minor: number | null;
          product_type: string | null;
          shopify_id: string;
          tags: string[];
          title: string;
          url: string | null;
          vendor: string | null;
        };
        ComputedFields: never;
        Insert: {
          available?: boolean | null;
          currency_code?: string | null;
          handle?: string | null;
          id?: string | null;
          image_url?: string | null;
          market?: string | null;
          price_max_minor?: number | null;
          price_min_minor?: number | null;
          product_type?: string | null;
          shopify_id?: string | null;
          tags?: string[] | null;
          title?: string | null;
          url?: string | null;
          vendor?: string | null;
        };
        Update: {
          available?: boolean | null;
          currency_code?: string | null;
          handle?: string | null;
          id?: string | null;
          image_url?: string | null;
          market?: string | null;
          price_max_minor?: number | null;
          price_min_minor?: number | null;
          product_type?: string | null;
          shopify_id?: string | null;
          tags?: string[] | null;
          title?: string | null;
          url?: string | null;
          vendor?: string | null;
        };
        Relationships: [];
      };
      v_subscriptions_active: {
        Row: {
          cancel_at_period_end: boolean;
          current_period_end: string | null;
          current_period_start: string | null;
          id: string;
          plan_code: string;
          provider: string;
          status: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          cancel_at_period_end?: boolean | null;
          current_period_end?: string | null;
          current_period_start?: string | null;
          id?: string | null;
          plan_code?: string | null;
          provider?: string | null;
          status?: string | null;
          user_id?: string | null;
        };
        Update: {
          cancel_at_period_end?: boolean | null;
          current_period_end?: string | null;
          current_period_start?: string | null;
          id?: string | null;
          plan_code?: string | null;
          provider?: string | null;
          status?: string | null;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "subscriptions_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "tier_plans";
            referencedColumns: ["code"];
          },
          {
            foreignKeyName: "subscriptions_plan_code_fkey";
            columns: ["plan_code"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["plan_code"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "subscriptions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_tickets_inbox: {
        Row: {
          assigned_to: string | null;
          category: string;
          channel: string;
          coach_key: string | null;
          created_at: string;
          id: string;
          is_breached: boolean | null;
          last_author: string | null;
          last_message_at: string | null;
          person_email: string | null;
          person_name: string | null;
          priority: string;
          sla_due_at: string | null;
          state: string;
          subject: string;
          tags: string[];
          tier: string | null;
          user_id: string | null;
          waiting_since: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_assigned_to_fkey";
            columns: ["assigned_to"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "tickets_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_up_next_simple: {
        Row: {
          coach_key: string;
          difficulty: number | null;
          distance: number | null;
          drill_id: string;
          tags: string[];
          time_estimate_minutes: number | null;
          title: string;
          type: string;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "drills_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
        ];
      };
      v_user_current_plan: {
        Row: {
          cancel_at_period_end: boolean | null;
          ends_at: string | null;
          plan_code: string;
          plan_name: string;
          source: string | null;
          starts_at: string | null;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_user_daily_sessions_mnl: {
        Row: {
          average_score: number | null;
          best_score: number | null;
          d: string | null;
          drills: number | null;
          minutes: number | null;
          sessions: number | null;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_user_limits: {
        Row: {
          allowed: number | null;
          key: string;
          unit: string;
          used: number | null;
          window_kind: string;
        };
        ComputedFields: never;
        Insert: {
          allowed?: never;
          key?: string | null;
          unit?: string | null;
          used?: never;
          window_kind?: string | null;
        };
        Update: {
          allowed?: never;
          key?: string | null;
          unit?: string | null;
          used?: never;
          window_kind?: string | null;
        };
        Relationships: [];
      };
      v_user_progress: {
        Row: {
          average_score: number | null;
          coach_key: string | null;
          days: number | null;
          last_practised_at: string | null;
          latest_score: number | null;
          minutes: number | null;
          sessions: number | null;
          streak_days: number | null;
          user_id: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "sessions_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_user_rubric_trends_weekly: {
        Row: {
          attempts: number | null;
          average_score: number | null;
          change: number | null;
          coach_key: string | null;
          criterion: string | null;
          user_id: string;
          week_start: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "sessions_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
        ];
      };
      v_user_weekly_attempts: {
        Row: {
          attempts: number | null;
          average_score: number | null;
          best_score: number | null;
          scored: number | null;
          user_id: string;
          week_start: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_user_weekly_by_coach: {
        Row: {
          average_score: number | null;
          best_score: number | null;
          coach_key: string | null;
          minutes: number | null;
          sessions: number | null;
          user_id: string;
          week_start: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "sessions_coach_key_fkey";
            columns: ["coach_key"];
            isOneToOne: false;
            referencedRelation: "coaches";
            referencedColumns: ["key"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_user_weekly_card_mnl: {
        Row: {
          active_days: number | null;
          average_score: number | null;
          average_score_before: number | null;
          daily_target_minutes: number | null;
          days_on_target: number | null;
          drills: number | null;
          drills_before: number | null;
          minutes: number | null;
          minutes_before: number | null;
          streak_days: number | null;
          user_id: string;
          week_start: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      v_user_weekly_minutes: {
        Row: {
          active_days: number | null;
          drills: number | null;
          expressions_saved: number | null;
          minutes: number | null;
          user_id: string;
          week_start: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_user_weekly_recap: {
        Row: {
          active_days: number | null;
          attempts: number | null;
          average_score: number | null;
          best_score: number | null;
          coaches: Json | null;
          drills: number | null;
          expressions_saved: number | null;
          minutes: number | null;
          topics: Json | null;
          user_id: string;
          week_start: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "profiles";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_activity_30d_mnl";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_coach_switch_status";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_up_next_simple";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_current_plan";
            referencedColumns: ["user_id"];
          },
          {
            foreignKeyName: "daily_usage_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "v_user_weekly_card_mnl";
            referencedColumns: ["user_id"];
          },
        ];
      };
      v_user_weekly_topics: {
        Row: {
          attempts: number | null;
          average_score: number | null;
          topic: string | null;
          user_id: string;
          week_start: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
    };
    Functions: {
      abort_session: {
        Args: { p_session: string };
        Returns: {
          coach_key: string | null;
          drill_id: string | null;
          duration_sec: number | null;
          ended_at: string | null;
          id: string;
          notes: string | null;
          score: number | null;
          started_at: string;
          status: string;
          submitted_at: string | null;
          tier: string;
          tool_used: string | null;
          user_id: string;
          words_per_minute: number | null;
        };
        SetofOptions: {
          from: "*";
          to: "sessions";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      acquire_lease: { Args: { p_name: string; p_owner: string; p_seconds: number }; Returns: boolean };
      adaptive_next_drill: { Args: { p_coach_key: string; p_topic: string; p_user_id: string }; Returns: string };
      admin_message_set_state: {
        Args: { p_id: string; p_send_at?: string; p_state: string };
        Returns: {
          approved_at: string | null;
          approved_by: string | null;
          audience_filter: NonNullable<Json>;
          author_id: string | null;
          body_html: string | null;
          body_text: string | null;
          canceled_at: string | null;
          channels: string[];
          created_at: string;
          cta_label: string | null;
          cta_url: string | null;
          expanded_at: string | null;
          expanded_to: string | null;
          hero_image_url: string | null;
          id: string;
          importance: string;
          is_marketing: boolean;
          meta: NonNullable<Json>;
          send_at: string | null;
          sent_at: string | null;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
        };
        SetofOptions: {
          from: "*";
          to: "admin_messages";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      admin_messages_due: {
        Args: { now_ts?: string };
        Returns: {
          approved_at: string | null;
          approved_by: string | null;
          audience_filter: NonNullable<Json>;
          author_id: string | null;
          body_html: string | null;
          body_text: string | null;
          canceled_at: string | null;
          channels: string[];
          created_at: string;
          cta_label: string | null;
          cta_url: string | null;
          expanded_at: string | null;
          expanded_to: string | null;
          hero_image_url: string | null;
          id: string;
          importance: string;
          is_marketing: boolean;
          meta: NonNullable<Json>;
          send_at: string | null;
          sent_at: string | null;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
        }[];
        SetofOptions: {
          from: "*";
          to: "admin_messages";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      admin_promote_expressions: {
        Args: { p_difficulty?: number; p_item_ids: string[]; p_skill?: string; p_state?: string; p_target_coach: string; p_topic?: string };
        Returns: number;
      };
      apply_as_affiliate: { Args: { p_code?: string; p_display_name?: string; p_program: string; p_website?: string }; Returns: string };
      assign: {
        Args: {
          p_description?: string;
          p_drill?: string;
          p_due_at?: string;
          p_priority?: number;
          p_scheduled_for?: string;
          p_set?: string;
          p_title?: string;
          p_user: string;
        };
        Returns: string;
      };
      attach_affiliate_referral: { Args: { p_click?: string; p_code?: string; p_user: string }; Returns: boolean };
      begin_paymongo_intent: { Args: { p_intent_id: string; p_metadata?: Json; p_price_id: string; p_user: string }; Returns: undefined };
      begin_paypal_order: { Args: { p_metadata?: Json; p_order_id: string; p_price_id: string; p_user: string }; Returns: undefined };
      begin_shopify_full_sync: { Args: { p_source?: string }; Returns: string };
      can_switch_coach: {
        Args: { p_to_coach: string; p_user: string };
        Returns: {
          next_allowed_at: string;
          ok: boolean;
          reason: string;
        }[];
      };
      cancel_assignment: {
        Args: { p_assignment: string };
        Returns: {
          attempts_count: number;
          best_score: number | null;
          cancelled_at: string | null;
          coach_key: string;
          completed_at: string | null;
          created_at: string;
          created_by: string | null;
          description: string | null;
          drill_id: string | null;
          due_at: string | null;
          id: string;
          last_score: number | null;
          metrics_summary: NonNullable<Json>;
          priority: number;
          rubric_summary: NonNullable<Json>;
          scheduled_for: string | null;
          set_id: string | null;
          started_at: string | null;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
          user_id: string;
        };
        SetofOptions: {
          from: "*";
          to: "assignments";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      cancel_diagnostic_run: { Args: { p_run_id: string }; Returns: undefined };
      choose_coach: { Args: { p_coach_key: string }; Returns: undefined };
      claim_deliveries: {
        Args: { p_channel: string; p_limit: number; p_worker: string };
        Returns: {
          attempts: number;
          channel: string;
          claimed_by: string | null;
          clicked_at: string | null;
          created_at: string;
          failed_at: string | null;
          id: string;
          last_error: string | null;
          message_id: string;
          meta: NonNullable<Json>;
          next_attempt_at: string;
          read_at: string | null;
          sent_at: string | null;
          user_id: string;
        }[];
        SetofOptions: {
          from: "*";
          to: "admin_message_deliveries";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      claim_payment: { Args: { p_payment: string; p_plan: string; p_user: string }; Returns: undefined };
      coach_next_allowed_at: { Args: { p_user: string }; Returns: string };
      coach_switches_30d: { Args: { p_user: string }; Returns: number };
      complete_assignment: {
        Args: { p_assignment: string };
        Returns: {
          attempts_count: number;
          best_score: number | null;
          cancelled_at: string | null;
          coach_key: string;
          completed_at: string | null;
          created_at: string;
          created_by: string | null;
          description: string | null;
          drill_id: string | null;
          due_at: string | null;
          id: string;
          last_score: number | null;
          metrics_summary: NonNullable<Json>;
          priority: number;
          rubric_summary: NonNullable<Json>;
          scheduled_for: string | null;
          set_id: string | null;
          started_at: string | null;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
          user_id: string;
        };
        SetofOptions: {
          from: "*";
          to: "assignments";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      compute_sla_due: { Args: { p_created: string; p_priority: string }; Returns: string };
      create_affiliate_link: {
        Args: { p_affiliate: string; p_code?: string; p_landing_path?: string; p_utm_defaults?: Json };
        Returns: string;
      };
      create_set_version: { Args: { p_set: string }; Returns: string };
      diagnostic_complete_run: { Args: { p_run_id: string }; Returns: undefined };
      diagnostic_start: { Args: { p_form_code: string; p_user_id: string }; Returns: string };
      diagnostic_submit_item: {
        Args: {
          p_duration_sec?: number;
          p_outcome_score?: number;
          p_response_text?: string;
          p_response_url?: string;
          p_run_item_id: string;
        };
        Returns: undefined;
      };
      dismiss_payment_event: { Args: { p_event: string; p_reason: string }; Returns: undefined };
      disqualify_affiliate_referral: { Args: { p_reason: string; p_referral: string }; Returns: undefined };
      enqueue_admin_message: { Args: { p_id: string; p_limit?: number }; Returns: number };
      expire_assignments: { Args: { p_limit?: number }; Returns: number };
      filter_drills: {
        Args: {
          p_after?: string;
          p_coach_keys?: string[];
          p_date_from?: string;
          p_date_to?: string;
          p_difficulties?: number[];
          p_limit?: number;
          p_types?: string[];
        };
        Returns: {
          drill_id: string;
        }[];
      };
      filter_drills_json: {
        Args: { p_after?: string; p_criteria: Json; p_limit?: number };
        Returns: {
          drill_id: string;
        }[];
      };
      find_drill_filter_error: { Args: { p_criteria: Json }; Returns: string };
      find_profiles: {
        Args: { p_email: string };
        Returns: {
          active_coach_key: string | null;
          avatar_url: string | null;
          country_code: string | null;
          created_at: string;
          currency_code: string | null;
          daily_target_minutes: number | null;
          domains: string[];
          email: string | null;
          full_name: string | null;
          goals: string | null;
          id: string;
          language: string | null;
          last_seen_at: string | null;
          marketing_opt_in: boolean;
          practice_focus: string | null;
          preferred_difficulty: number | null;
          profession: string | null;
          referral_code: string | null;
          reminder_time_local: string | null;
          role: string;
          tier: string;
          timezone: string;
          updated_at: string;
        }[];
        SetofOptions: {
          from: "*";
          to: "profiles";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      finish_session: {
        Args: { p_duration_sec?: number; p_score?: number; p_session: string; p_words_per_minute?: number };
        Returns: {
          coach_key: string | null;
          drill_id: string | null;
          duration_sec: number | null;
          ended_at: string | null;
          id: string;
          notes: string | null;
          score: number | null;
          started_at: string;
          status: string;
          submitted_at: string | null;
          tier: string;
          tool_used: string | null;
          user_id: string;
          words_per_minute: number | null;
        };
        SetofOptions: {
          from: "*";
          to: "sessions";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      finish_shopify_full_sync: { Args: { p_collections: number; p_products: number; p_run: string; p_source?: string }; Returns: Json };
      get_affiliate_link: {
        Args: { p_code: string };
        Returns: {
          affiliate_id: string;
          affiliate_user_id: string | null;
          code: string;
          created_at: string;
          id: string;
          landing_path: string;
          updated_at: string;
          utm_defaults: NonNullable<Json>;
        };
        SetofOptions: {
          from: "*";
          to: "affiliate_links";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      get_drill_item: {
        Args: { p_item: string };
        Returns: {
          answer_key: Json | null;
          content: NonNullable<Json>;
          created_at: string;
          difficulty: number | null;
          drill_id: string | null;
          exam_mapping: NonNullable<Json>;
          hints: NonNullable<Json>;
          id: string;
          kind: string;
          qa_flags: NonNullable<Json>;
          reading_level: string | null;
          source_ref: string | null;
          title: string | null;
          updated_at: string;
        };
        SetofOptions: {
          from: "*";
          to: "drill_items";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      get_effective_limit: { Args: { p_key: string; p_user: string }; Returns: number };
      grant_plan: { Args: { p_ends_at: string; p_plan: string; p_reason: string; p_user: string }; Returns: string };
      hide_pack_item: { Args: { p_hidden: boolean; p_item: string }; Returns: undefined };
      is_admin: { Args: { uid: string }; Returns: boolean };
      is_search_ready: { Args: Record<PropertyKey, never>; Returns: boolean };
      keep_expression: {
        Args: { p_item: string };
        Returns: {
          created_at: string;
          due_on: string | null;
          is_suspended: boolean;
          item_id: string;
          lapses: number;
          last_reviewed_at: string | null;
          learned_at: string | null;
          reviews: number;
          step: number;
          updated_at: string;
          user_id: string;
        };
        SetofOptions: {
          from: "*";
          to: "expression_reviews";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      list_affiliate_commissions: {
        Args: { p_before?: string; p_before_id?: string; p_limit?: number };
        Returns: {
          affiliate_id: string;
          amount_minor: number;
          created_at: string;
          currency_code: string;
          id: string;
          kind: string;
          payment: string | null;
          payout_id: string | null;
          referral_id: string;
        }[];
        SetofOptions: {
          from: "*";
          to: "v_affiliate_commissions_admin";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      list_assignments: {
        Args: { p_before?: string; p_before_id?: string; p_limit?: number };
        Returns: {
          attempts_count: number;
          best_score: number | null;
          coach_key: string;
          created_at: string;
          drill_id: string | null;
          due_at: string | null;
          id: string;
          last_attempt_id: string | null;
          last_attempt_score: number | null;
          last_outcome: string | null;
          last_score: number | null;
          last_submitted_at: string | null;
          priority: number;
          scheduled_for: string | null;
          set_id: string | null;
          source: string | null;
          state: string;
          title: string;
          user_id: string;
        }[];
        SetofOptions: {
          from: "*";
          to: "v_assignment_latest";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      list_audit_logs: {
        Args: { p_before?: string; p_before_id?: string; p_limit?: number };
        Returns: {
          action: string;
          actor_role: string;
          actor_user_id: string | null;
          created_at: string;
          id: string;
          patch: NonNullable<Json>;
          row_id: string | null;
          subject_user_id: string | null;
          table_name: string;
        }[];
        SetofOptions: {
          from: "*";
          to: "audit_logs";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      list_drill_stats_daily: {
        Args: { p_drill: string; p_from: string; p_to: string };
        Returns: {
          aborted: number;
          average_score: number;
          completed: number;
          d: string;
          learners: number;
          minutes: number;
          sessions: number;
        }[];
      };
      list_events: {
        Args: { p_before?: string; p_before_id?: string; p_limit?: number };
        Returns: {
          coach_key: string | null;
          country_code: string | null;
          created_at: string;
          difficulty: number | null;
          domain: string | null;
          id: string;
          metadata: NonNullable<Json>;
          name: string;
          tier: string | null;
          topic: string | null;
          user_id: string | null;
        }[];
        SetofOptions: {
          from: "*";
          to: "events";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      list_payments: {
        Args: { p_before?: string; p_before_id?: string; p_limit?: number };
        Returns: {
          captured_at: string | null;
          captured_minor: number;
          claimed_at: string | null;
          created_at: string;
          currency_code: string;
          disputed_minor: number;
          id: string;
          lost_minor: number;
          payment_ref: string;
          period_end: string | null;
          period_start: string | null;
          plan_code: string | null;
          provider: string;
          refunded_minor: number;
          subscription_id: string | null;
          subscription_ref: string | null;
          updated_at: string;
          user_id: string | null;
        }[];
        SetofOptions: {
          from: "*";
          to: "payments";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      list_sessions: {
        Args: { p_before?: string; p_before_id?: string; p_limit?: number };
        Returns: {
          coach_key: string | null;
          drill_id: string | null;
          duration_sec: number | null;
          ended_at: string | null;
          id: string;
          notes: string | null;
          score: number | null;
          started_at: string;
          status: string;
          submitted_at: string | null;
          tier: string;
          tool_used: string | null;
          user_id: string;
          words_per_minute: number | null;
        }[];
        SetofOptions: {
          from: "*";
          to: "sessions";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      log_event: { Args: { p_metadata?: Json; p_name: string }; Returns: string };
      make_affiliate_payout: { Args: { p_affiliate: string; p_currency_code: string }; Returns: string };
      make_weekly_recaps: { Args: { p_limit?: number; p_week: string }; Returns: number };
      manila_week_start: { Args: { p_ts: string }; Returns: string };
      mark_admin_message: { Args: { p_clicked?: boolean; p_delivery_id: string }; Returns: undefined };
      mark_deliveries_sent: { Args: { p_ids: string[] }; Returns: number };
      mark_delivery_failed: { Args: { p_error: string; p_id: string; p_permanent?: boolean; p_worker: string }; Returns: boolean };
      mint_realtime_token: {
        Args: { p_meta?: Json; p_provider?: string; p_scope?: string; p_session_id?: string; p_ttl_seconds?: number };
        Returns: Json;
      };
      mnl_date: { Args: { ts: string }; Returns: string };
      move_editorial_item: {
        Args: { p_item: string; p_notes?: string; p_to: string; p_version?: number };
        Returns: {
          accessibility: NonNullable<Json>;
          body: NonNullable<Json>;
          created_at: string;
          created_by: string | null;
          difficulty: number | null;
          exam_mapping: NonNullable<Json>;
          gating: boolean;
          id: string;
          kind: string;
          language: string | null;
          reading_level: string | null;
          slug: string | null;
          state: string;
          state_since: string;
          summary: string | null;
          taxonomy: NonNullable<Json>;
          time_estimate_minutes: number | null;
          title: string;
          updated_at: string;
          updated_by: string | null;
          version: number;
        };
        SetofOptions: {
          from: "*";
          to: "editorial_items";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      open_ticket: {
        Args: {
          p_attachments?: Json;
          p_body_text: string;
          p_category?: string;
          p_channel?: string;
          p_coach_key?: string;
          p_id?: string;
          p_meta?: Json;
          p_subject: string;
        };
        Returns: string;
      };
      open_ticket_for: {
        Args: {
          p_attachments?: Json;
          p_body_text: string;
          p_category?: string;
          p_channel?: string;
          p_id?: string;
          p_meta?: Json;
          p_priority?: string;
          p_reporter_email?: string;
          p_reporter_name?: string;
          p_subject: string;
          p_user: string;
        };
        Returns: string;
      };
      paymongo_log_event: {
        Args: { p_event_id: string; p_event_type: string; p_raw: Json; p_received_at: string; p_signature: string };
        Returns: boolean;
      };
      paypal_log_event: {
        Args: {
          p_event_id: string;
          p_event_type: string;
          p_raw: Json;
          p_received_at: string;
          p_signature: string;
          p_transmission_id: string;
        };
        Returns: boolean;
      };
      perform_coach_switch: { Args: { p_reason?: string; p_to_coach: string }; Returns: undefined };
      recon_enqueue_daily: {
        Args: { p_date_from: string; p_date_to: string; p_job_type: string; p_params?: Json; p_schedule_at?: string };
        Returns: string;
      };
      recon_mark_resolved: { Args: { p_finding: string; p_note: string }; Returns: undefined };
      recon_run_finish: { Args: { p_error?: string; p_run: string; p_stats?: Json; p_status: string }; Returns: undefined };
      recon_run_start: { Args: { p_job: string }; Returns: string };
      reconcile_settlements: { Args: { p_day: string; p_provider: string; p_rows: Json }; Returns: Json };
      record_adaptive_outcome: {
        Args: { p_drill_id: string; p_duration_sec?: number; p_notes?: string; p_outcome_score: number; p_topic: string; p_user: string };
        Returns: {
          coach_key: string;
          confidence: number;
          created_at: string;
          exposures: number;
          last_mastered: string | null;
          level_score: number;
          topic: string;
          updated_at: string;
          user_id: string;
        };
        SetofOptions: {
          from: "*";
          to: "adaptive_user_skill";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      record_affiliate_click: {
        Args: { p_code: string; p_country_code?: string; p_ip_hash?: string; p_user_agent?: string; p_utm?: Json };
        Returns: string;
      };
      record_limit_usage: { Args: { p_amount: number; p_key: string; p_user: string }; Returns: boolean };
      record_payment_event: { Args: { p_event: Json }; Returns: string };
      record_product_rec_event: {
        Args: {
          p_difficulty?: number;
          p_event_type: string;
          p_item_id: string;
          p_meta?: Json;
          p_session_id?: string;
          p_slot_id?: string;
          p_surface: string;
          p_topic?: string;
        };
        Returns: boolean;
      };
      record_review: {
        Args: { p_item: string; p_remembered: boolean };
        Returns: {
          created_at: string;
          due_on: string | null;
          is_suspended: boolean;
          item_id: string;
          lapses: number;
          last_reviewed_at: string | null;
          learned_at: string | null;
          reviews: number;
          step: number;
          updated_at: string;
          user_id: string;
        };
        SetofOptions: {
          from: "*";
          to: "expression_reviews";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      refresh_views: {
        Args: Record<PropertyKey, never>;
        Returns: {
          how: string;
          ms: number;
          name: string;
        }[];
      };
      release_lease: { Args: { p_name: string; p_owner: string }; Returns: boolean };
      reorder_set: { Args: { p_items: string[]; p_set: string }; Returns: undefined };
      reply_ticket: {
        Args: { p_attachments?: Json; p_body_text: string; p_id?: string; p_ticket_id: string; p_visibility?: string };
        Returns: string;
      };
      report_content: { Args: { p_reason: string; p_target_id: string; p_target_table: string }; Returns: string };
      report_expression: { Args: { p_item: string; p_reason: string }; Returns: string };
      retry_payment_events: { Args: { p_limit?: number }; Returns: number };
      retry_paymongo_events: { Args: { p_limit?: number }; Returns: number };
      retry_paypal_events: { Args: { p_limit?: number }; Returns: number };
      revoke_entitlement: { Args: { p_entitlement: string; p_reason: string }; Returns: undefined };
      revoke_realtime_token: { Args: { p_id: string; p_reason?: string }; Returns: undefined };
      run_admin_message_drip: { Args: { p_limit?: number }; Returns: Json };
      run_job: { Args: { p_job: string }; Returns: string };
      save_editorial_item: {
        Args: { p_changes: Json; p_item: string; p_notes?: string; p_version: number };
        Returns: {
          accessibility: NonNullable<Json>;
          body: NonNullable<Json>;
          created_at: string;
          created_by: string | null;
          difficulty: number | null;
          exam_mapping: NonNullable<Json>;
          gating: boolean;
          id: string;
          kind: string;
          language: string | null;
          reading_level: string | null;
          slug: string | null;
          state: string;
          state_since: string;
          summary: string | null;
          taxonomy: NonNullable<Json>;
          time_estimate_minutes: number | null;
          title: string;
          updated_at: string;
          updated_by: string | null;
          version: number;
        };
        SetofOptions: {
          from: "*";
          to: "editorial_items";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      score_diagnostic_item: { Args: { p_feedback?: Json; p_run_item_id: string; p_score: number }; Returns: undefined };
      serve_next_diagnostic_item: {
        Args: { p_run_id: string };
        Returns: {
          created_at: string;
          drill_id: string | null;
          duration_sec: number | null;
          feedback: Json | null;
          form_item_id: string;
          id: string;
          idx: number;
          payload: Json | null;
          response_text: string | null;
          response_url: string | null;
          run_id: string;
          score: number | null;
          section_id: string;
          served_at: string | null;
          status: string;
          submitted_at: string | null;
          updated_at: string;
          user_id: string;
        };
        SetofOptions: {
          from: "*";
          to: "diagnostic_run_items";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      set_affiliate_payout_state: {
        Args: { p_payout: string; p_reason?: string; p_status: string; p_tx_ref?: string };
        Returns: undefined;
      };
      set_affiliate_state: { Args: { p_affiliate: string; p_reason?: string; p_status: string }; Returns: undefined };
      set_affiliate_terms: { Args: { p_affiliate: string; p_cookie_days: number; p_rate_bps: number }; Returns: undefined };
      set_default_filter: { Args: { p_filter: string }; Returns: undefined };
      set_pack_state: { Args: { p_offer?: number; p_pack: string; p_state: string }; Returns: undefined };
      set_user_coach: { Args: { p_reason: string; p_to_coach: string; p_user: string }; Returns: undefined };
      set_user_role: { Args: { p_role: string; p_user: string }; Returns: undefined };
      settle_tiers: { Args: { p_limit?: number }; Returns: number };
      skip_assignment: {
        Args: { p_assignment: string };
        Returns: {
          attempts_count: number;
          best_score: number | null;
          cancelled_at: string | null;
          coach_key: string;
          completed_at: string | null;
          created_at: string;
          created_by: string | null;
          description: string | null;
          drill_id: string | null;
          due_at: string | null;
          id: string;
          last_score: number | null;
          metrics_summary: NonNullable<Json>;
          priority: number;
          rubric_summary: NonNullable<Json>;
          scheduled_for: string | null;
          set_id: string | null;
          started_at: string | null;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
          user_id: string;
        };
        SetofOptions: {
          from: "*";
          to: "assignments";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      start_assignment: {
        Args: { p_assignment: string };
        Returns: {
          attempts_count: number;
          best_score: number | null;
          cancelled_at: string | null;
          coach_key: string;
          completed_at: string | null;
          created_at: string;
          created_by: string | null;
          description: string | null;
          drill_id: string | null;
          due_at: string | null;
          id: string;
          last_score: number | null;
          metrics_summary: NonNullable<Json>;
          priority: number;
          rubric_summary: NonNullable<Json>;
          scheduled_for: string | null;
          set_id: string | null;
          started_at: string | null;
          state: string;
          tags: string[];
          title: string;
          updated_at: string;
          user_id: string;
        };
        SetofOptions: {
          from: "*";
          to: "assignments";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      start_session: { Args: { p_coach_key?: string; p_drill?: string; p_tool?: string; p_user: string }; Returns: string };
      storage_folder: { Args: { key: string }; Returns: string };
      submit_assignment_attempt: {
        Args: { p_assignment: string; p_attachments?: Json; p_attempt?: string; p_duration_sec?: number; p_input: Json; p_item?: string };
        Returns: string;
      };
      submit_session: {
        Args: { p_session: string };
        Returns: {
          coach_key: string | null;
          drill_id: string | null;
          duration_sec: number | null;
          ended_at: string | null;
          id: string;
          notes: string | null;
          score: number | null;
          started_at: string;
          status: string;
          submitted_at: string | null;
          tier: string;
          tool_used: string | null;
          user_id: string;
          words_per_minute: number | null;
        };
        SetofOptions: {
          from: "*";
          to: "sessions";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      ticket_mark_sla_breaches: { Args: { p_limit?: number }; Returns: number };
      ticket_set_state: {
        Args: { p_state: string; p_ticket_id: string };
        Returns: {
          assigned_to: string | null;
          category: string;
          channel: string;
          closed_at: string | null;
          coach_key: string | null;
          created_at: string;
          id: string;
          last_author: string | null;
          last_message_at: string | null;
          meta: NonNullable<Json>;
          priority: string;
          reporter_email: string | null;
          reporter_name: string | null;
          resolved_at: string | null;
          sla_breached_at: string | null;
          sla_due_at: string | null;
          state: string;
          subject: string;
          tags: string[];
          updated_at: string;
          user_id: string | null;
          waiting_since: string | null;
        };
        SetofOptions: {
          from: "*";
          to: "tickets";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      try_lock: { Args: { key: string }; Returns: boolean };
      unlock: { Args: { key: string }; Returns: boolean };
      upsert_shopify_collections: { Args: { p_items: Json; p_kind?: string; p_source?: string }; Returns: Json };
      upsert_shopify_products: { Args: { p_items: Json; p_kind?: string; p_source?: string }; Returns: Json };
      verify_realtime_token: { Args: { p_token: string }; Returns: Json };
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    keyof (DefaultSchema["Tables"] & DefaultSchema["Views"]) | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R;
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R;
      }
      ? R
      : never
    : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I;
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I;
      }
      ? I
      : never
    : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U;
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U;
      }
      ? U
      : never
    : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"] | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"] | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never;

export const Constants = {
  public: {
    Enums: {},
  },
} as const;
