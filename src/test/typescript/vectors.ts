import { createClient } from "@supabase/supabase-js";
import type { Database } from "../../../ops/vectors/database.types";

const vectors = createClient<Database>("https://project.supabase.co", "key");

export async function logAction(profile: string): Promise<number | undefined> {
  await vectors.from("action_events").insert({ profile_id: profile, action_id: "breathwork_intro", metadata: { minutes: 5 } });
  const { data } = await vectors.from("vector_progress").select("vector, step_index").eq("profile_id", profile);
  return data?.[0]?.step_index;
}

export async function mistakes(profile: string): Promise<void> {
  // @ts-expect-error an action needs its profile
  await vectors.from("action_events").insert({ action_id: "breathwork_intro" });
  // @ts-expect-error step_index is a number
  await vectors.from("vector_progress").update({ step_index: "two" }).eq("profile_id", profile);
  // @ts-expect-error there is no such table
  await vectors.from("progress").select();
}
