import { createClient } from "@supabase/supabase-js";
import type { Database } from "../../../ops/polaris/database.types";

const polaris = createClient<Database>("https://project.supabase.co", "key");

export async function practice(user: string, drill: string): Promise<string | null> {
  const { data: session } = await polaris.rpc("start_session", { p_user: user, p_drill: drill });
  await polaris.rpc("log_event", { p_name: "practice_started", p_metadata: { drill } });
  return session;
}

export async function names(): Promise<string[]> {
  const { data } = await polaris.from("coaches").select("key, display_name").order("key");
  return data?.map((coach) => coach.display_name) ?? [];
}

export async function mistakes(user: string): Promise<void> {
  // @ts-expect-error p_coach_key is a string
  await polaris.rpc("choose_coach", { p_coach_key: 1 });
  // @ts-expect-error there is no such column
  await polaris.from("profiles").update({ shoe_size: 43 }).eq("id", user);
}
