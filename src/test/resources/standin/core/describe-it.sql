-- The product's existing tables, which its own migrations created. Runs as postgres.

create type public.spanish_level as enum ('beginner', 'intermediate', 'advanced');
create type public.session_type as enum ('description', 'qa', 'vocabulary', 'mixed');
create type public.learning_phase as enum ('new', 'learning', 'review', 'mastered');
create type public.part_of_speech as enum
    ('noun', 'verb', 'adjective', 'adverb', 'preposition', 'article', 'pronoun', 'conjunction', 'interjection', 'other');

create function public.update_updated_at_column() returns trigger
language plpgsql set search_path = ''
as $$
begin
    new.updated_at := current_timestamp;
    return new;
end
$$;

-- Trigger that sets the length of a session when it ends, but not when a finished session is inserted.
create function public.calculate_session_duration() returns trigger
language plpgsql set search_path = ''
as $$
begin
    if new.ended_at is not null and new.started_at is not null then
        new.duration_minutes := greatest(0, floor(extract(epoch from new.ended_at - new.started_at) / 60));
    end if;
    return new;
end
$$;

create table public.users (
    id uuid not null default extensions.uuid_generate_v4() primary key,
    email varchar(255) not null unique check (email ~* '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$'),
    username varchar(50) unique check (username is null or length(username) >= 3 and username ~ '^[a-zA-Z0-9_]+$'),
    full_name varchar(255) check (full_name is null or length(full_name) >= 2),
    avatar_url text,
    spanish_level public.spanish_level not null default 'beginner',
    target_words_per_day integer default 10 check (target_words_per_day between 1 and 100),
    created_at timestamptz default current_timestamp,
    updated_at timestamptz default current_timestamp,
    last_login timestamptz
);
create index idx_users_created_at on public.users (created_at);
create trigger update_users_updated_at before update on public.users
    for each row execute function public.update_updated_at_column();

create table public.sessions (
    id uuid not null default extensions.uuid_generate_v4() primary key,
    user_id uuid references public.users (id) on delete cascade,
    session_type public.session_type not null,
    started_at timestamptz default current_timestamp,
    ended_at timestamptz,
    duration_minutes integer check (duration_minutes is null or duration_minutes >= 0),
    images_processed integer default 0,
    descriptions_generated integer default 0,
    qa_attempts integer default 0,
    qa_correct integer default 0,
    vocabulary_learned integer default 0,
    phrases_saved integer default 0,
    session_data jsonb default '{}',
    user_agent text,
    ip_address inet,
    device_type varchar(50),
    engagement_score numeric(3, 2) default 0.0,
    completion_rate numeric(3, 2) default 0.0,
    created_at timestamptz default current_timestamp,
    check (engagement_score between 0.0 and 1.0 and completion_rate between 0.0 and 1.0),
    check (images_processed >= 0 and descriptions_generated >= 0 and qa_attempts >= 0 and qa_correct >= 0
        and qa_correct <= qa_attempts and vocabulary_learned >= 0 and phrases_saved >= 0)
);
create index idx_sessions_user_id on public.sessions (user_id);
create index idx_sessions_started_at on public.sessions (started_at);
create index idx_sessions_user_started on public.sessions (user_id, started_at);
create index idx_sessions_type on public.sessions (session_type);
create trigger calculate_session_duration_trigger before update on public.sessions
    for each row execute function public.calculate_session_duration();

create table public.vocabulary_items (
    id uuid not null default extensions.uuid_generate_v4() primary key,
    spanish_text varchar(500) not null check (length(trim(spanish_text)) >= 1),
    english_translation varchar(500) not null check (length(trim(english_translation)) >= 1),
    part_of_speech public.part_of_speech not null default 'other',
    created_at timestamptz default current_timestamp
);

create table public.learning_progress (
    id uuid not null default extensions.uuid_generate_v4() primary key,
    user_id uuid not null references public.users (id) on delete cascade,
    vocabulary_item_id uuid not null references public.vocabulary_items (id) on delete cascade,
    session_id uuid references public.sessions (id) on delete set null,
    mastery_level integer default 0 check (mastery_level between 0 and 100),
    review_count integer default 0,
    correct_count integer default 0,
    last_reviewed timestamptz,
    next_review timestamptz,
    learning_phase public.learning_phase default 'new',
    created_at timestamptz default current_timestamp,
    updated_at timestamptz default current_timestamp,
    unique (user_id, vocabulary_item_id),
    check (review_count >= 0 and correct_count >= 0 and correct_count <= review_count)
);
create index idx_learning_progress_vocab_id on public.learning_progress (vocabulary_item_id);
create index idx_learning_progress_session_id on public.learning_progress (session_id);
create trigger update_learning_progress_updated_at before update on public.learning_progress
    for each row execute function public.update_updated_at_column();

alter table public.users enable row level security;
alter table public.sessions enable row level security;
alter table public.vocabulary_items enable row level security;
alter table public.learning_progress enable row level security;

create policy "Users read themselves" on public.users
    for select to authenticated using (id = (select auth.uid()));
create policy "Users change themselves" on public.users
    for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
create policy "Users read own sessions" on public.sessions
    for select to authenticated using (user_id = (select auth.uid()));
create policy "Users add own sessions" on public.sessions
    for insert to authenticated with check (user_id = (select auth.uid()));
create policy "Users change own sessions" on public.sessions
    for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "Everyone signed in reads the vocabulary" on public.vocabulary_items
    for select to authenticated using (true);
create policy "Users keep own learning progress" on public.learning_progress
    for all to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
