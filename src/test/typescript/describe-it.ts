import { createClient } from "@supabase/supabase-js";
import type { Database } from "../../../ops/describe-it/database.types";

const describeIt = createClient<Database>("https://project.supabase.co", "key");

export async function setKey(envelope: string): Promise<string[]> {
  await describeIt.rpc("set_api_key", { p_provider: "openai", p_envelope: envelope });
  const { data } = await describeIt.rpc("list_my_api_keys");
  return data ?? [];
}

export async function accuracy(user: string): Promise<number | undefined> {
  const { data } = await describeIt.from("user_progress").select("average_accuracy").eq("user_id", user).maybeSingle();
  return data?.average_accuracy;
}

export async function mistakes(): Promise<void> {
  // @ts-expect-error the envelope is missing
  await describeIt.rpc("set_api_key", { p_provider: "openai" });
  // @ts-expect-error there is no such function
  await describeIt.rpc("get_api_key");
}
