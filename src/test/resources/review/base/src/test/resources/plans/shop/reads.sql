-- Reads of a user.

-- alice: orders_user_id
select * from public.orders;

-- alice: Index
select * from public.orders where embedding = '{public.orders.embedding}';
