-- The source of all chance: a hash of a row's number, so that the same parameters
-- always give the same rows.
CREATE SCHEMA bench;

CREATE FUNCTION bench.chance(number bigint, salt integer) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$SELECT (hashint8extended(number, salt) & 4503599627370495) / 4503599627370496.0::float8$$;

-- Every 28 lines are seven orders, of 1 to 7 lines.
CREATE FUNCTION bench.order_of(line integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$SELECT (line - 1) / 28 * 7
         + CEIL((SQRT(8 * ((line - 1) % 28 + 1) + 1) - 1) / 2)::integer$$;
