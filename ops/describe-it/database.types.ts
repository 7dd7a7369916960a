// Generated from the migrated database; rewritten by mvn test -Dtest=DatabaseTypesTest -Dupdate.pages
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      export_history: {
        Row: {
          completed_at: string | null;
          created_at: string;
          data: Json | null;
          error_message: string | null;
          expires_at: string | null;
          export_format: string;
          export_type: string;
          file_size_bytes: number | null;
          file_url: string | null;
          filters: Json | null;
          id: string;
          processing_time_seconds: number | null;
          records_count: number;
          retry_count: number;
          started_at: string | null;
          status: string;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          completed_at?: string | null;
          created_at?: string;
          data?: Json | null;
          error_message?: string | null;
          expires_at?: string | null;
          export_format: string;
          export_type: string;
          file_size_bytes?: number | null;
          file_url?: string | null;
          filters?: Json | null;
          id?: string;
          processing_time_seconds?: number | null;
          records_count?: number;
          retry_count?: number;
          started_at?: string | null;
          status?: string;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          completed_at?: string | null;
          created_at?: string;
          data?: Json | null;
          error_message?: string | null;
          expires_at?: string | null;
          export_format?: string;
          export_type?: string;
          file_size_bytes?: number | null;
          file_url?: string | null;
          filters?: Json | null;
          id?: string;
          processing_time_seconds?: number | null;
          records_count?: number;
          retry_count?: number;
          started_at?: string | null;
          status?: string;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "export_history_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      learning_progress: {
        Row: {
          correct_count: number | null;
          created_at: string | null;
          id: string;
          last_reviewed: string | null;
          learning_phase: Database["public"]["Enums"]["learning_phase"] | null;
          mastery_level: number | null;
          next_review: string | null;
          review_count: number | null;
          session_id: string | null;
          updated_at: string | null;
          user_id: string;
          vocabulary_item_id: string;
        };
        ComputedFields: never;
        Insert: {
          correct_count?: number | null;
          created_at?: string | null;
          id?: string;
          last_reviewed?: string | null;
          learning_phase?: Database["public"]["Enums"]["learning_phase"] | null;
          mastery_level?: number | null;
          next_review?: string | null;
          review_count?: number | null;
          session_id?: string | null;
          updated_at?: string | null;
          user_id: string;
          vocabulary_item_id: string;
        };
        Update: {
          correct_count?: number | null;
          created_at?: string | null;
          id?: string;
          last_reviewed?: string | null;
          learning_phase?: Database["public"]["Enums"]["learning_phase"] | null;
          mastery_level?: number | null;
          next_review?: string | null;
          review_count?: number | null;
          session_id?: string | null;
          updated_at?: string | null;
          user_id?: string;
          vocabulary_item_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "learning_progress_session_id_fkey";
            columns: ["session_id"];
            isOneToOne: false;
            referencedRelation: "sessions";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "learning_progress_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "learning_progress_vocabulary_item_id_fkey";
            columns: ["vocabulary_item_id"];
            isOneToOne: false;
            referencedRelation: "vocabulary_items";
            referencedColumns: ["id"];
          },
        ];
      };
      sessions: {
        Row: {
          completion_rate: number | null;
          created_at: string | null;
          descriptions_generated: number | null;
          device_type: string | null;
          duration_minutes: number | null;
          ended_at: string | null;
          engagement_score: number | null;
          id: string;
          images_processed: number | null;
          ip_address: unknown;
          phrases_saved: number | null;
          qa_attempts: number | null;
          qa_correct: number | null;
          session_data: Json | null;
          session_type: Database["public"]["Enums"]["session_type"];
          started_at: string | null;
          user_agent: string | null;
          user_id: string | null;
          vocabulary_learned: number | null;
        };
        ComputedFields: never;
        Insert: {
          completion_rate?: number | null;
          created_at?: string | null;
          descriptions_generated?: number | null;
          device_type?: string | null;
          duration_minutes?: number | null;
          ended_at?: string | null;
          engagement_score?: number | null;
          id?: string;
          images_processed?: number | null;
          ip_address?: unknown;
          phrases_saved?: number | null;
          qa_attempts?: number | null;
          qa_correct?: number | null;
          session_data?: Json | null;
          session_type: Database["public"]["Enums"]["session_type"];
          started_at?: string | null;
          user_agent?: string | null;
          user_id?: string | null;
          vocabulary_learned?: number | null;
        };
        Update: {
          completion_rate?: number | null;
          created_at?: string | null;
          descriptions_generated?: number | null;
          device_type?: string | null;
          duration_minutes?: number | null;
          ended_at?: string | null;
          engagement_score?: number | null;
          id?: string;
          images_processed?: number | null;
          ip_address?: unknown;
          phrases_saved?: number | null;
          qa_attempts?: number | null;
          qa_correct?: number | null;
          session_data?: Json | null;
          session_type?: Database["public"]["Enums"]["session_type"];
          started_at?: string | null;
          user_agent?: string | null;
          user_id?: string | null;
          vocabulary_learned?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: "sessions_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: false;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      user_api_keys: {
        Row: {
          anthropic_api_key: string | null;
          created_at: string;
          id: string;
          is_active: boolean;
          last_validated_at: string | null;
          openai_api_key: string | null;
          unsplash_api_key: string | null;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          anthropic_api_key?: string | null;
          created_at?: string;
          id?: string;
          is_active?: boolean;
          last_validated_at?: string | null;
          openai_api_key?: string | null;
          unsplash_api_key?: string | null;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          anthropic_api_key?: string | null;
          created_at?: string;
          id?: string;
          is_active?: boolean;
          last_validated_at?: string | null;
          openai_api_key?: string | null;
          unsplash_api_key?: string | null;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "user_api_keys_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      user_progress: {
        Row: {
          average_accuracy: number;
          average_completion_time_seconds: number;
          created_at: string;
          current_streak_days: number;
          id: string;
          last_activity_at: string | null;
          last_description_at: string | null;
          last_qa_session_at: string | null;
          last_vocabulary_practice_at: string | null;
          learning_words_count: number;
          longest_streak_days: number;
          mastered_words_count: number;
          new_words_count: number;
          total_descriptions: number;
          total_images: number;
          total_points: number;
          total_questions_answered: number;
          total_sessions: number;
          total_time_spent_minutes: number;
          total_vocabulary_learned: number;
          updated_at: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          average_accuracy?: number;
          average_completion_time_seconds?: number;
          created_at?: string;
          current_streak_days?: number;
          id?: string;
          last_activity_at?: string | null;
          last_description_at?: string | null;
          last_qa_session_at?: string | null;
          last_vocabulary_practice_at?: string | null;
          learning_words_count?: number;
          longest_streak_days?: number;
          mastered_words_count?: number;
          new_words_count?: number;
          total_descriptions?: number;
          total_images?: number;
          total_points?: number;
          total_questions_answered?: number;
          total_sessions?: number;
          total_time_spent_minutes?: number;
          total_vocabulary_learned?: number;
          updated_at?: string;
          user_id: string;
        };
        Update: {
          average_accuracy?: number;
          average_completion_time_seconds?: number;
          created_at?: string;
          current_streak_days?: number;
          id?: string;
          last_activity_at?: string | null;
          last_description_at?: string | null;
          last_qa_session_at?: string | null;
          last_vocabulary_practice_at?: string | null;
          learning_words_count?: number;
          longest_streak_days?: number;
          mastered_words_count?: number;
          new_words_count?: number;
          total_descriptions?: number;
          total_images?: number;
          total_points?: number;
          total_questions_answered?: number;
          total_sessions?: number;
          total_time_spent_minutes?: number;
          total_vocabulary_learned?: number;
          updated_at?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: "user_progress_user_id_fkey";
            columns: ["user_id"];
            isOneToOne: true;
            referencedRelation: "users";
            referencedColumns: ["id"];
          },
        ];
      };
      users: {
        Row: {
          avatar_url: string | null;
          created_at: string | null;
          email: string;
          full_name: string | null;
          id: string;
          last_login: string | null;
          spanish_level: Database["public"]["Enums"]["spanish_level"];
          target_words_per_day: number | null;
          updated_at: string | null;
          username: string | null;
        };
        ComputedFields: never;
        Insert: {
          avatar_url?: string | null;
          created_at?: string | null;
          email: string;
          full_name?: string | null;
          id?: string;
          last_login?: string | null;
          spanish_level?: Database["public"]["Enums"]["spanish_level"];
          target_words_per_day?: number | null;
          updated_at?: string | null;
          username?: string | null;
        };
        Update: {
          avatar_url?: string | null;
          created_at?: string | null;
          email?: string;
          full_name?: string | null;
          id?: string;
          last_login?: string | null;
          spanish_level?: Database["public"]["Enums"]["spanish_level"];
          target_words_per_day?: number | null;
          updated_at?: string | null;
          username?: string | null;
        };
        Relationships: [];
      };
      vocabulary_items: {
        Row: {
          created_at: string | null;
          english_translation: string;
          id: string;
          part_of_speech: Database["public"]["Enums"]["part_of_speech"];
          spanish_text: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string | null;
          english_translation: string;
          id?: string;
          part_of_speech?: Database["public"]["Enums"]["part_of_speech"];
          spanish_text: string;
        };
        Update: {
          created_at?: string | null;
          english_translation?: string;
          id?: string;
          part_of_speech?: Database["public"]["Enums"]["part_of_speech"];
          spanish_text?: string;
        };
        Relationships: [];
      };
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      claim_key_validations: {
        Args: { p_keys?: number; p_seconds?: number };
        Returns: {
          attempt: number;
          claim: string;
          provider: string;
          user_id: string;
        }[];
      };
      clean_expired_exports: { Args: { p_exports?: number }; Returns: string[] };
      delete_api_key: { Args: { p_provider: string }; Returns: undefined };
      enqueue_key_validations: { Args: { p_age?: string; p_keys?: number }; Returns: number };
      finish_key_validation: {
        Args: { p_claim: string; p_error?: string; p_provider: string; p_result: string; p_user: string };
        Returns: boolean;
      };
      list_expired_export_files: { Args: { p_files?: number }; Returns: string[] };
      list_my_api_keys: { Args: Record<PropertyKey, never>; Returns: string[] };
      list_my_export_files: {
        Args: Record<PropertyKey, never>;
        Returns: {
          export_id: string;
          name: string;
        }[];
      };
      move_export: {
        Args: {
          p_data?: Json;
          p_error_message?: string;
          p_expires_at?: string;
          p_export: string;
          p_file_size_bytes?: number;
          p_file_url?: string;
          p_records_count?: number;
          p_to: string;
        };
        Returns: undefined;
      };
      retry_dead_key_validations: { Args: { p_keys?: number }; Returns: number };
      set_api_key: { Args: { p_envelope: string; p_provider: string }; Returns: undefined };
    };
    Enums: {
      learning_phase: "new" | "learning" | "review" | "mastered";
      part_of_speech:
        "noun" | "verb" | "adjective" | "adverb" | "preposition" | "article" | "pronoun" | "conjunction" | "interjection" | "other";
      session_type: "description" | "qa" | "vocabulary" | "mixed";
      spanish_level: "beginner" | "intermediate" | "advanced";
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
    Enums: {
      learning_phase: ["new", "learning", "review", "mastered"],
      part_of_speech: ["noun", "verb", "adjective", "adverb", "preposition", "article", "pronoun", "conjunction", "interjection", "other"],
      session_type: ["description", "qa", "vocabulary", "mixed"],
      spanish_level: ["beginner", "intermediate", "advanced"],
    },
  },
} as const;
