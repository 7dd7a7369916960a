import { createClient } from "@supabase/supabase-js";
import type { Database } from "../../../ops/connect/database.types";

const connect = createClient<Database>("https://project.supabase.co", "key");

export async function accept(match: string): Promise<string | null> {
  await connect.rpc("consent_to_connect", { p_version: "2026-01" });
  const { data } = await connect.rpc("respond_to_match", { p_match: match, p_accept: true });
  return data;
}

export async function partnerSides(match: string): Promise<string[]> {
  const { data } = await connect.from("matches").select("status, blind_chats (reveal_state)").eq("id", match);
  return data?.map((row) => row.status) ?? [];
}

export async function mistakes(match: string): Promise<void> {
  // @ts-expect-error p_accept is missing
  await connect.rpc("respond_to_match", { p_match: match });
  // @ts-expect-error p_accept is a boolean
  await connect.rpc("respond_to_match", { p_match: match, p_accept: "yes" });
}
