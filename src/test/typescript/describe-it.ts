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

export async function deleteExpiredFiles(): Promise<void> {
  const { data: names } = await describeIt.rpc("list_expired_export_files", { p_files: 1000 });
  if (names?.length) await describeIt.storage.from("exports").remove(names);
}

export async function validateKeys(check: (envelope: string) => Promise<boolean>): Promise<void> {
  const { data: claimed } = await describeIt.rpc("claim_key_validations", { p_keys: 10, p_seconds: 300 });
  for (const { user_id, provider, claim } of claimed ?? []) {
    const { data: keys } = await describeIt.from("user_api_keys").select("openai_api_key, unsplash_api_key, anthropic_api_key").eq("user_id", user_id).single();
    const envelope = keys?.[`${provider}_api_key` as keyof typeof keys];
    const p_result = envelope && (await check(envelope)) ? "valid" : "invalid";
    await describeIt.rpc("finish_key_validation", { p_user: user_id, p_provider: provider, p_claim: claim, p_result });
  }
}
