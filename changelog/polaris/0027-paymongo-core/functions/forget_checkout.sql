create or replace function private.forget_checkout()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    new.metadata := '{}';
    return new;
end
$$;

comment on function private.forget_checkout() is 'Empty the checkout metadata of a purchase when its user is removed.';

revoke all on function private.forget_checkout() from public;
