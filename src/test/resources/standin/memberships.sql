-- Memberships of the roles of a hosted project. Runs as supabase_admin at each start, so that an existing server gets those added later.

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to postgres;
-- In hosted projects, the role postgres can manage policies on storage.objects without owning it; plain PostgreSQL requires ownership.
grant supabase_storage_admin to postgres;
grant pg_monitor to postgres with admin option;
