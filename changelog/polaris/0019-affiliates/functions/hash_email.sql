create or replace function private.hash_email(p_email text)
returns text
language sql
immutable
security invoker
set search_path = ''
return encode(sha256(convert_to('polaris:' || lower(regexp_replace(p_email, '[+][^@]*@', '@')), 'UTF8')), 'hex');

comment on function private.hash_email(text) is
    'Hash an e-mail address, in lower case and without a +tag, to recognize it without storing it. Internal: no API role may execute it.';

revoke all on function private.hash_email(text) from public;
