// Generated from the migrated database; rewritten by mvn test -Dtest=DatabaseTypesTest -Dupdate.pages
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      blind_chat_messages: {
        Row: {
          blind_chat_id: string;
          content_ciphertext: string;
          content_preview: string | null;
          created_at: string;
          id: string;
          sender_side: string;
          sender_user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          blind_chat_id: string;
          content_ciphertext: string;
          content_preview?: string | null;
          created_at?: string;
          id?: string;
          sender_side: string;
          sender_user_id?: string | null;
        };
        Update: {
          blind_chat_id?: string;
          content_ciphertext?: string;
          content_preview?: string | null;
          created_at?: string;
          id?: string;
          sender_side?: string;
          sender_user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "blind_chat_messages_blind_chat_id_fkey";
            columns: ["blind_chat_id"];
            isOneToOne: false;
            referencedRelation: "blind_chats";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "blind_chat_messages_blind_chat_id_fkey";
            columns: ["blind_chat_id"];
            isOneToOne: false;
            referencedRelation: "my_blind_chats";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "blind_chat_messages_sender_user_id_fkey";
            columns: ["sender_user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      blind_chats: {
        Row: {
          created_at: string;
          ended_at: string | null;
          id: string;
          is_active: boolean;
          match_id: string;
          pseudonym_a: string;
          pseudonym_b: string;
          reveal_state: string;
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          ended_at?: string | null;
          id?: string;
          is_active?: boolean;
          match_id: string;
          pseudonym_a: string;
          pseudonym_b: string;
          reveal_state?: string;
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          ended_at?: string | null;
          id?: string;
          is_active?: boolean;
          match_id?: string;
          pseudonym_a?: string;
          pseudonym_b?: string;
          reveal_state?: string;
          updated_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: "blind_chats_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: true;
            referencedRelation: "matches";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "blind_chats_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: true;
            referencedRelation: "my_matches";
            referencedColumns: ["id"];
          },
        ];
      };
      checkins: {
        Row: {
          body: number;
          created_at: string | null;
          energy: number;
          id: string;
          mai_response: string | null;
          mind: number;
          note: string | null;
          soul: number;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          body: number;
          created_at?: string | null;
          energy: number;
          id?: string;
          mai_response?: string | null;
          mind: number;
          note?: string | null;
          soul: number;
          user_id: string;
        };
        Update: {
          body?: number;
          created_at?: string | null;
          energy?: number;
          id?: string;
          mai_response?: string | null;
          mind?: number;
          note?: string | null;
          soul?: number;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "checkins_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      connect_profiles: {
        Row: {
          communication_vector: Json | null;
          consent_version: string;
          consented_at: string | null;
          created_at: string;
          distance_km: number | null;
          emotional_readiness_score: number | null;
          excluded_genders: string[] | null;
          id: string;
          is_active: boolean;
          language_pref: string[] | null;
          life_goals_vector: Json | null;
          max_age: number | null;
          min_age: number | null;
          mode: string;
          pause_reason: string | null;
          preferred_genders: string[] | null;
          pseudonym_seed: string | null;
          timezone_pref: string[] | null;
          updated_at: string;
          user_id: string;
          values_vector: Json | null;
          vector_updated_at: string | null;
        };
        ComputedFields: never;
        Insert: {
          communication_vector?: Json | null;
          consent_version?: string;
          consented_at?: string | null;
          created_at?: string;
          distance_km?: number | null;
          emotional_readiness_score?: number | null;
          excluded_genders?: string[] | null;
          id?: string;
          is_active?: boolean;
          language_pref?: string[] | null;
          life_goals_vector?: Json | null;
          max_age?: number | null;
          min_age?: number | null;
          mode?: string;
          pause_reason?: string | null;
          preferred_genders?: string[] | null;
          pseudonym_seed?: string | null;
          timezone_pref?: string[] | null;
          updated_at?: string;
          user_id: string;
          values_vector?: Json | null;
          vector_updated_at?: string | null;
        };
        Update: {
          communication_vector?: Json | null;
          consent_version?: string;
          consented_at?: string | null;
          created_at?: string;
          distance_km?: number | null;
          emotional_readiness_score?: number | null;
          excluded_genders?: string[] | null;
          id?: string;
          is_active?: boolean;
          language_pref?: string[] | null;
          life_goals_vector?: Json | null;
          max_age?: number | null;
          min_age?: number | null;
          mode?: string;
          pause_reason?: string | null;
          preferred_genders?: string[] | null;
          pseudonym_seed?: string | null;
          timezone_pref?: string[] | null;
          updated_at?: string;
          user_id?: string;
          values_vector?: Json | null;
          vector_updated_at?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "connect_profiles_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      conversations: {
        Row: {
          created_at: string | null;
          ended_at: string | null;
          id: string;
          is_active: boolean | null;
          mood: string | null;
          summary: string | null;
          title: string | null;
          topics: Json | null;
          updated_at: string | null;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string | null;
          ended_at?: string | null;
          id?: string;
          is_active?: boolean | null;
          mood?: string | null;
          summary?: string | null;
          title?: string | null;
          topics?: Json | null;
          updated_at?: string | null;
          user_id: string;
        };
        Update: {
          created_at?: string | null;
          ended_at?: string | null;
          id?: string;
          is_active?: boolean | null;
          mood?: string | null;
          summary?: string | null;
          title?: string | null;
          topics?: Json | null;
          updated_at?: string | null;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "conversations_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      events: {
        Row: {
          created_at: string | null;
          description: string | null;
          event_time: string | null;
          extracted_from_message_id: string | null;
          followup_response: string | null;
          followup_sent: boolean | null;
          followup_time: string | null;
          id: string;
          pre_reminder_sent: boolean | null;
          pre_reminder_time: string | null;
          source: string | null;
          status: string | null;
          title: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string | null;
          description?: string | null;
          event_time?: string | null;
          extracted_from_message_id?: string | null;
          followup_response?: string | null;
          followup_sent?: boolean | null;
          followup_time?: string | null;
          id?: string;
          pre_reminder_sent?: boolean | null;
          pre_reminder_time?: string | null;
          source?: string | null;
          status?: string | null;
          title: string;
          user_id: string;
        };
        Update: {
          created_at?: string | null;
          description?: string | null;
          event_time?: string | null;
          extracted_from_message_id?: string | null;
          followup_response?: string | null;
          followup_sent?: boolean | null;
          followup_time?: string | null;
          id?: string;
          pre_reminder_sent?: boolean | null;
          pre_reminder_time?: string | null;
          source?: string | null;
          status?: string | null;
          title?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "events_extracted_from_message_id_fkey";
            columns: ["extracted_from_message_id"];
            isOneToOne: false;
            referencedRelation: "messages";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "events_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      identities: {
        Row: {
          created_at: string | null;
          full_text: string;
          id: string;
          is_active: boolean | null;
          language: string | null;
          one_liner: string | null;
          sentences: Json | null;
          updated_at: string | null;
          user_id: string;
          version: number | null;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string | null;
          full_text: string;
          id?: string;
          is_active?: boolean | null;
          language?: string | null;
          one_liner?: string | null;
          sentences?: Json | null;
          updated_at?: string | null;
          user_id: string;
          version?: number | null;
        };
        Update: {
          created_at?: string | null;
          full_text?: string;
          id?: string;
          is_active?: boolean | null;
          language?: string | null;
          one_liner?: string | null;
          sentences?: Json | null;
          updated_at?: string | null;
          user_id?: string;
          version?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: "identities_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      match_feedback: {
        Row: {
          communication_score: number | null;
          created_at: string;
          fit_score: number | null;
          id: string;
          match_id: string;
          notes: string | null;
          rating: number | null;
          reasons: string[] | null;
          safety_score: number | null;
          user_id: string | null;
          vector_delta: Json | null;
        };
        ComputedFields: never;
        Insert: {
          communication_score?: number | null;
          created_at?: string;
          fit_score?: number | null;
          id?: string;
          match_id: string;
          notes?: string | null;
          rating?: number | null;
          reasons?: string[] | null;
          safety_score?: number | null;
          user_id?: string | null;
          vector_delta?: Json | null;
        };
        Update: {
          communication_score?: number | null;
          created_at?: string;
          fit_score?: number | null;
          id?: string;
          match_id?: string;
          notes?: string | null;
          rating?: number | null;
          reasons?: string[] | null;
          safety_score?: number | null;
          user_id?: string | null;
          vector_delta?: Json | null;
        };
        Relationships: [
          {
            foreignKeyName: "match_feedback_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: false;
            referencedRelation: "matches";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "match_feedback_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: false;
            referencedRelation: "my_matches";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "match_feedback_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      matches: {
        Row: {
          accepted_at_a: string | null;
          accepted_at_b: string | null;
          astro_score: number | null;
          closed_at: string | null;
          communication_score: number | null;
          created_at: string;
          engine_version: string | null;
          expires_at: string | null;
          explanation: Json | null;
          hd_score: number | null;
          id: string;
          proposed_at: string;
          readiness_score: number | null;
          score_breakdown: Json | null;
          status: string;
          total_score: number | null;
          updated_at: string;
          user_a: string | null;
          user_b: string | null;
          values_score: number | null;
        };
        ComputedFields: never;
        Insert: {
          accepted_at_a?: string | null;
          accepted_at_b?: string | null;
          astro_score?: number | null;
          closed_at?: string | null;
          communication_score?: number | null;
          created_at?: string;
          engine_version?: string | null;
          expires_at?: string | null;
          explanation?: Json | null;
          hd_score?: number | null;
          id?: string;
          proposed_at?: string;
          readiness_score?: number | null;
          score_breakdown?: Json | null;
          status?: string;
          total_score?: number | null;
          updated_at?: string;
          user_a?: string | null;
          user_b?: string | null;
          values_score?: number | null;
        };
        Update: {
          accepted_at_a?: string | null;
          accepted_at_b?: string | null;
          astro_score?: number | null;
          closed_at?: string | null;
          communication_score?: number | null;
          created_at?: string;
          engine_version?: string | null;
          expires_at?: string | null;
          explanation?: Json | null;
          hd_score?: number | null;
          id?: string;
          proposed_at?: string;
          readiness_score?: number | null;
          score_breakdown?: Json | null;
          status?: string;
          total_score?: number | null;
          updated_at?: string;
          user_a?: string | null;
          user_b?: string | null;
          values_score?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: "matches_user_a_fkey";
            columns: ["user_a"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "matches_user_b_fkey";
            columns: ["user_b"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      messages: {
        Row: {
          content: string;
          conversation_id: string;
          created_at: string | null;
          id: string;
          input_type: string | null;
          role: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          content: string;
          conversation_id: string;
          created_at?: string | null;
          id?: string;
          input_type?: string | null;
          role: string;
          user_id: string;
        };
        Update: {
          content?: string;
          conversation_id?: string;
          created_at?: string | null;
          id?: string;
          input_type?: string | null;
          role?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "messages_conversation_id_fkey";
            columns: ["conversation_id"];
            isOneToOne: false;
            referencedRelation: "conversations";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "messages_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      reminders: {
        Row: {
          content: string;
          created_at: string | null;
          delivery_method: string | null;
          event_id: string | null;
          id: string;
          scheduled_for: string;
          sent: boolean | null;
          sent_at: string | null;
          type: string;
          user_id: string;
          variation_type: string | null;
        };
        ComputedFields: never;
        Insert: {
          content: string;
          created_at?: string | null;
          delivery_method?: string | null;
          event_id?: string | null;
          id?: string;
          scheduled_for: string;
          sent?: boolean | null;
          sent_at?: string | null;
          type: string;
          user_id: string;
          variation_type?: string | null;
        };
        Update: {
          content?: string;
          created_at?: string | null;
          delivery_method?: string | null;
          event_id?: string | null;
          id?: string;
          scheduled_for?: string;
          sent?: boolean | null;
          sent_at?: string | null;
          type?: string;
          user_id?: string;
          variation_type?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: "reminders_event_id_fkey";
            columns: ["event_id"];
            isOneToOne: false;
            referencedRelation: "events";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reminders_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      reveals: {
        Row: {
          created_at: string;
          expires_at: string | null;
          id: string;
          match_id: string;
          requested_at: string;
          requested_by: string | null;
          requested_side: string;
          requested_to: string | null;
          responded_at: string | null;
          status: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          expires_at?: string | null;
          id?: string;
          match_id: string;
          requested_at?: string;
          requested_by?: string | null;
          requested_side: string;
          requested_to?: string | null;
          responded_at?: string | null;
          status?: string;
        };
        Update: {
          created_at?: string;
          expires_at?: string | null;
          id?: string;
          match_id?: string;
          requested_at?: string;
          requested_by?: string | null;
          requested_side?: string;
          requested_to?: string | null;
          responded_at?: string | null;
          status?: string;
        };
        Relationships: [
          {
            foreignKeyName: "reveals_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: false;
            referencedRelation: "matches";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reveals_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: false;
            referencedRelation: "my_matches";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reveals_requested_by_fkey";
            columns: ["requested_by"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reveals_requested_to_fkey";
            columns: ["requested_to"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      users: {
        Row: {
          astrology_enabled: boolean | null;
          avatar_url: string | null;
          birth_city: string | null;
          birth_country: string | null;
          birth_date: string | null;
          birth_latitude: number | null;
          birth_longitude: number | null;
          birth_time: string | null;
          birth_time_known: boolean | null;
          created_at: string | null;
          display_name: string | null;
          email: string | null;
          event_followup_enabled: boolean | null;
          hd_authority: string | null;
          hd_profile: string | null;
          hd_strategy: string | null;
          hd_type: string | null;
          human_design_enabled: boolean | null;
          id: string;
          language: string | null;
          last_active_at: string | null;
          mc_sign: string | null;
          mindful_reminder_count: number | null;
          mindful_reminders_enabled: boolean | null;
          moon_sign: string | null;
          morning_reminder_enabled: boolean | null;
          morning_reminder_time: string | null;
          name: string | null;
          natal_chart_json: Json | null;
          onboarding_completed: boolean | null;
          onboarding_step: number | null;
          push_token: string | null;
          rising_sign: string | null;
          subscription_expires_at: string | null;
          subscription_started_at: string | null;
          subscription_tier: string | null;
          sun_sign: string | null;
          theme: string | null;
          timezone: string | null;
          updated_at: string | null;
        };
        ComputedFields: never;
        Insert: {
          astrology_enabled?: boolean | null;
          avatar_url?: string | null;
          birth_city?: string | null;
          birth_country?: string | null;
          birth_date?: string | null;
          birth_latitude?: number | null;
          birth_longitude?: number | null;
          birth_time?: string | null;
          birth_time_known?: boolean | null;
          created_at?: string | null;
          display_name?: string | null;
          email?: string | null;
          event_followup_enabled?: boolean | null;
          hd_authority?: string | null;
          hd_profile?: string | null;
          hd_strategy?: string | null;
          hd_type?: string | null;
          human_design_enabled?: boolean | null;
          id: string;
          language?: string | null;
          last_active_at?: string | null;
          mc_sign?: string | null;
          mindful_reminder_count?: number | null;
          mindful_reminders_enabled?: boolean | null;
          moon_sign?: string | null;
          morning_reminder_enabled?: boolean | null;
          morning_reminder_time?: string | null;
          name?: string | null;
          natal_chart_json?: Json | null;
          onboarding_completed?: boolean | null;
          onboarding_step?: number | null;
          push_token?: string | null;
          rising_sign?: string | null;
          subscription_expires_at?: string | null;
          subscription_started_at?: string | null;
          subscription_tier?: string | null;
          sun_sign?: string | null;
          theme?: string | null;
          timezone?: string | null;
          updated_at?: string | null;
        };
        Update: {
          astrology_enabled?: boolean | null;
          avatar_url?: string | null;
          birth_city?: string | null;
          birth_country?: string | null;
          birth_date?: string | null;
          birth_latitude?: number | null;
          birth_longitude?: number | null;
          birth_time?: string | null;
          birth_time_known?: boolean | null;
          created_at?: string | null;
          display_name?: string | null;
          email?: string | null;
          event_followup_enabled?: boolean | null;
          hd_authority?: string | null;
          hd_profile?: string | null;
          hd_strategy?: string | null;
          hd_type?: string | null;
          human_design_enabled?: boolean | null;
          id?: string;
          language?: string | null;
          last_active_at?: string | null;
          mc_sign?: string | null;
          mindful_reminder_count?: number | null;
          mindful_reminders_enabled?: boolean | null;
          moon_sign?: string | null;
          morning_reminder_enabled?: boolean | null;
          morning_reminder_time?: string | null;
          name?: string | null;
          natal_chart_json?: Json | null;
          onboarding_completed?: boolean | null;
          onboarding_step?: number | null;
          push_token?: string | null;
          rising_sign?: string | null;
          subscription_expires_at?: string | null;
          subscription_started_at?: string | null;
          subscription_tier?: string | null;
          sun_sign?: string | null;
          theme?: string | null;
          timezone?: string | null;
          updated_at?: string | null;
        };
        Relationships: [];
      };
    };
    Views: {
      my_blind_chat_messages: {
        Row: {
          blind_chat_id: string;
          content_ciphertext: string;
          content_preview: string | null;
          created_at: string;
          id: string;
          sender: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "blind_chat_messages_blind_chat_id_fkey";
            columns: ["blind_chat_id"];
            isOneToOne: false;
            referencedRelation: "blind_chats";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "blind_chat_messages_blind_chat_id_fkey";
            columns: ["blind_chat_id"];
            isOneToOne: false;
            referencedRelation: "my_blind_chats";
            referencedColumns: ["id"];
          },
        ];
      };
      my_blind_chats: {
        Row: {
          created_at: string;
          ended_at: string | null;
          id: string;
          is_active: boolean;
          match_id: string;
          my_pseudonym: string | null;
          reveal_state: string;
          their_pseudonym: string | null;
          updated_at: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "blind_chats_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: true;
            referencedRelation: "matches";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "blind_chats_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: true;
            referencedRelation: "my_matches";
            referencedColumns: ["id"];
          },
        ];
      };
      my_matches: {
        Row: {
          accepted_by_me: boolean | null;
          accepted_by_them: boolean | null;
          astro_score: number | null;
          closed_at: string | null;
          communication_score: number | null;
          created_at: string;
          engine_version: string | null;
          expires_at: string | null;
          explanation: Json | null;
          hd_score: number | null;
          id: string;
          my_side: string | null;
          proposed_at: string;
          readiness_score: number | null;
          score_breakdown: Json | null;
          status: string;
          total_score: number | null;
          updated_at: string;
          values_score: number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      my_reveals: {
        Row: {
          expires_at: string | null;
          id: string;
          match_id: string;
          requested_at: string;
          requested_by: string | null;
          responded_at: string | null;
          status: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: "reveals_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: false;
            referencedRelation: "matches";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "reveals_match_id_fkey";
            columns: ["match_id"];
            isOneToOne: false;
            referencedRelation: "my_matches";
            referencedColumns: ["id"];
          },
        ];
      };
    };
    Functions: {
      cancel_reveal: { Args: { p_reveal: string }; Returns: string };
      consent_to_connect: { Args: { p_version: string }; Returns: string };
      end_blind_chat: { Args: { p_chat: string }; Returns: string };
      get_revealed_partner: {
        Args: { p_match: string };
        Returns: {
          avatar_url: string;
          display_name: string;
          user_id: string;
        }[];
      };
      request_reveal: { Args: { p_match: string }; Returns: string };
      respond_to_match: { Args: { p_accept: boolean; p_match: string }; Returns: string };
      respond_to_reveal: { Args: { p_accept: boolean; p_reveal: string }; Returns: string };
      withdraw_connect_consent: { Args: Record<PropertyKey, never>; Returns: undefined };
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
