-- Tests row level security of the shop as Alice.

start transaction;
insert into public.orders (shop_id, user_id, total) values (gen_random_uuid(), 'a11ce000-0000-4000-8000-000000000001', 1);
select set_config('request.jwt.claims', '{"sub": "a11ce000-0000-4000-8000-000000000001", "role": "authenticated"}', true);
set local role authenticated;
select case when count(*) > 0 and bool_and(o.user_id = auth.uid()) then 'PASS' else 'FAIL' end || ' Alice reads her orders and no others' from public.orders as o;
select case when public.shop_note(gen_random_uuid()) is null then 'PASS' else 'FAIL' end || ' shop_note() returns null for an unknown shop';
rollback;
