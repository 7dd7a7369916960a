create or replace view public.v_my_admin_messages
with (security_invoker = true)
as
    select
        mine.delivery_id,
        mine.message_id,
        mine.channel,
        mine.title,
        mine.body_text,
        mine.body_html,
        mine.importance,
        mine.hero_image_url,
        mine.cta_label,
        mine.cta_url,
        mine.sent_at,
        mine.read_at,
        mine.clicked_at
    from private.list_my_admin_messages() as mine;

comment on view public.v_my_admin_messages is
    'Messages sent to the caller, latest first, one row per channel. body_html is untrusted. For users.';

revoke all on table public.v_my_admin_messages from public, anon, authenticated, service_role;
grant select on table public.v_my_admin_messages to authenticated;
