-- Reads of a user.

-- alice: orders_user_id
select * from public.orders;
