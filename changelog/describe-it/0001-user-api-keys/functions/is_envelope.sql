create or replace function private.is_envelope(p_text text)
returns boolean
language plpgsql
immutable
strict
security invoker
set search_path = ''
as $$
declare
    ciphertext text := split_part(p_text, ':', 5);
begin
    -- In canonical base64url, the unused bits of the last character are zero.
    if char_length(p_text) > 2000
        or char_length(ciphertext) < 23
        or p_text !~ '^enc:v1:[a-z0-9][a-z0-9._-]{0,31}:[A-Za-z0-9_-]{16}:([A-Za-z0-9_-]{4})+([A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$'
        or p_text like '%:sk-%'
    then
        return false;
    end if;
    -- If all decoded bytes are printable ASCII, the text is a key in base64, not a ciphertext.
    return encode(
        decode(rpad(translate(ciphertext, '-_', '+/'), (char_length(ciphertext) + 3) / 4 * 4, '='), 'base64'),
        'hex'
    ) !~ '^([2-6][0-9a-f]|7[0-9a-e])+$';
end
$$;

comment on function private.is_envelope(text) is
    'Whether the text has the form enc:v1:<key id>:<nonce>:<ciphertext> in canonical base64url and holds no recognizable key in clear text or base64.';

revoke all on function private.is_envelope(text) from public;
