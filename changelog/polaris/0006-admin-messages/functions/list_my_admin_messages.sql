create or replace function private.list_my_admin_messages()
returns table (
    delivery_id uuid,
    message_id uuid,
    channel text,
    title text,
    body_text text,
    body_html text,
    importance text,
    hero_image_url text,
    cta_label text,
    cta_url text,
    sent_at timestamptz,
    read_at timestamptz,
    clicked_at timestamptz
)
language sql
stable
security definer
rows 50
set search_path = ''
as $$
    select d.id, msg.id, d.channel, msg.title, msg.body_text, msg.body_html, msg.importance, msg.hero_image_url, msg.cta_label, msg.cta_url,
        d.sent_at, d.read_at, d.clicked_at
    from public.admin_message_deliveries as d
    join public.admin_messages as msg on msg.id = d.message_id
    where d.user_id = (select auth.uid())
        and d.sent_at is not null
        and msg.canceled_at is null
    order by d.sent_at desc
$$;

comment on function private.list_my_admin_messages() is
    'Messages sent to the caller and not canceled, latest first, without their audience.';

revoke all on function private.list_my_admin_messages() from public;
grant execute on function private.list_my_admin_messages() to authenticated;
