-- The product's existing table, which its own migrations created. Runs as postgres.

create table public.game_profiles (
    id uuid not null default gen_random_uuid() primary key,
    user_id uuid references auth.users (id) on delete cascade,
    display_name text,
    created_at timestamptz not null default now()
);
comment on table public.game_profiles is 'A player in the game. The product owns this table.';
comment on column public.game_profiles.user_id is 'The account that plays; null for a profile that nobody has claimed yet.';

alter table public.game_profiles enable row level security;

create policy "Users select own profile" on public.game_profiles
    for select to authenticated using (user_id = (select auth.uid()));
create policy "Users insert own profile" on public.game_profiles
    for insert to authenticated with check (user_id = (select auth.uid()));
create policy "Users update own profile" on public.game_profiles
    for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
