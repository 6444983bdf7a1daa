import { PGlite } from '@electric-sql/pglite'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { pgliteImage } from '../../../pglite.ts'
import { USER_TYPES } from './typeChangeTypes.ts'

/** What an ALTER COLUMN … TYPE did on an empty table with an index on the column. */
export interface Measured {
  readonly to: string
  readonly cast: string | null
  readonly code: string | null
  readonly message: string | null
  readonly rewrite: boolean | null
  /** null: one of the types cannot be indexed. */
  readonly rebuilt: boolean | null
}

/** What happened to rows. */
export interface MeasuredRows {
  readonly to: string
  readonly cast: string | null
  /** SQLSTATEs, one for each row that was refused. */
  readonly codes: readonly string[]
  /** `before => after => cast back` (or why it cannot be), for each row that did not come back. */
  readonly changed: readonly string[]
}

// One call measures one type against many, because a round trip costs more than the ALTER.
const FUNCTIONS = `
CREATE FUNCTION measure(type_from text, casts text[], types_to text[],
    OUT "to" text, OUT "cast" text, OUT code text, OUT message text,
    OUT rewrite boolean, OUT rebuilt boolean)
  RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
  indexed boolean := true; heap oid; index oid; scans bigint; i int;
BEGIN
  EXECUTE format('CREATE TABLE measured (c %s)', type_from);
  BEGIN
    CREATE INDEX measured_c ON measured (c);
  EXCEPTION WHEN undefined_object THEN indexed := false;
  END;
  heap := pg_relation_filenode('measured');
  index := pg_relation_filenode(to_regclass('measured_c'));
  FOR i IN 1 .. array_length(types_to, 1) LOOP
    "to" := types_to[i]; "cast" := casts[i];
    code := NULL; message := NULL; rewrite := NULL; rebuilt := NULL;
    BEGIN
      scans := seq_scan FROM pg_stat_xact_user_tables WHERE relid = 'measured'::regclass;
      BEGIN
        EXECUTE format('ALTER TABLE measured ALTER COLUMN c TYPE %s %s', "to",
                       'USING c::' || "cast");
      EXCEPTION WHEN OTHERS THEN code := SQLSTATE; message := SQLERRM;
      END;
      -- No index on the new type: that is the index's trouble, so again without it.
      IF code = '42704' THEN
        code := NULL; message := NULL;
        DROP INDEX measured_c;
        BEGIN
          EXECUTE format('ALTER TABLE measured ALTER COLUMN c TYPE %s %s', "to",
                         'USING c::' || "cast");
        EXCEPTION WHEN OTHERS THEN code := SQLSTATE; message := SQLERRM;
        END;
      END IF;
      IF code IS NULL THEN
        rewrite := pg_relation_filenode('measured') <> heap;
        IF to_regclass('measured_c') IS NOT NULL THEN
          rebuilt := pg_relation_filenode('measured_c') <> index;
          IF rebuilt <> (SELECT seq_scan > scans FROM pg_stat_xact_user_tables
                          WHERE relid = 'measured'::regclass) THEN
            RAISE EXCEPTION 'an index was built without a scan, or the reverse: % to %',
                            type_from, "to";
          END IF;
        END IF;
      END IF;
      RAISE EXCEPTION USING ERRCODE = 'ZZ000';
    EXCEPTION WHEN SQLSTATE 'ZZ000' THEN NULL;
    END;
    RETURN NEXT;
  END LOOP;
  DROP TABLE measured;
END $$;

-- All rows at once; only if that fails, one by one.
CREATE FUNCTION measure_rows(type_from text, literals text[], casts text[], types_to text[],
    OUT "to" text, OUT "cast" text, OUT codes text[], OUT changed text[])
  RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
  picked text; i int; found record;
BEGIN
  EXECUTE format('CREATE TABLE measured (before text, c %s)', type_from);
  EXECUTE format('INSERT INTO measured (c) SELECT (unnest($1))::%s', type_from) USING literals;
  UPDATE measured SET before = c::text;
  FOR i IN 1 .. array_length(types_to, 1) LOOP
    "to" := types_to[i]; "cast" := casts[i]; changed := '{}';
    SELECT * INTO found FROM apply_rows(type_from, NULL, "to", "cast");
    codes := found.codes; changed := found.changed;
    IF codes <> '{}' THEN
      codes := '{}';
      FOREACH picked IN ARRAY (SELECT array_agg(before) FROM measured) LOOP
        SELECT * INTO found FROM apply_rows(type_from, picked, "to", "cast");
        codes := codes || found.codes; changed := changed || found.changed;
      END LOOP;
    END IF;
    RETURN NEXT;
  END LOOP;
  DROP TABLE measured;
END $$;

CREATE FUNCTION apply_rows(type_from text, picked text, type_to text, cast_to text,
    OUT codes text[], OUT changed text[])
  LANGUAGE plpgsql AS $$
DECLARE
  r record; back text;
BEGIN
  codes := '{}'; changed := '{}';
  BEGIN
    IF picked IS NOT NULL THEN DELETE FROM measured WHERE before <> picked; END IF;
    BEGIN
      EXECUTE format('ALTER TABLE measured ALTER COLUMN c TYPE %s %s', type_to,
                     'USING c::' || cast_to);
    EXCEPTION WHEN OTHERS THEN
      codes := ARRAY[SQLSTATE::text];
      RAISE EXCEPTION USING ERRCODE = 'ZZ000';
    END;
    FOR r IN EXECUTE 'SELECT before, c::text AS after FROM measured' LOOP
      BEGIN
        EXECUTE format('SELECT (c::%s)::text FROM measured WHERE before = $1', type_from)
          INTO back USING r.before;
      EXCEPTION WHEN OTHERS THEN back := SQLSTATE;
      END;
        IF back IS DISTINCT FROM r.before THEN
        changed := changed || format('%s => %s => %s', r.before, r.after, back);
      END IF;
    END LOOP;
    RAISE EXCEPTION USING ERRCODE = 'ZZ000';
  EXCEPTION WHEN SQLSTATE 'ZZ000' THEN NULL;
  END;
END $$;
`

/** One change to measure: to which type, and by which written cast. */
export interface Asked {
  readonly to: string
  readonly cast: string | null
}

/** A PostgreSQL that tells what type changes do. Close it. */
export class TypeChangeLab {
  private readonly database: PGlite

  private constructor(database: PGlite) {
    this.database = database
  }

  static async open(): Promise<TypeChangeLab> {
    const database = await PGlite.create({
      extensions: { citext },
      loadDataDir: await pgliteImage(),
    })
    await database.exec(USER_TYPES + FUNCTIONS)
    return new TypeChangeLab(database)
  }

  async measure(from: string, asked: readonly Asked[], timezone = 'UTC'): Promise<Measured[]> {
    await this.database.query(`SELECT set_config('TimeZone', $1, false)`, [timezone])
    const { rows } = await this.database.query<Measured>(
      'SELECT * FROM measure($1, $2::text[], $3::text[])',
      [from, asked.map(({ cast }) => cast), asked.map(({ to }) => to)],
    )
    return rows
  }

  async measureRows(
    from: string,
    literals: readonly string[],
    asked: readonly Asked[],
  ): Promise<MeasuredRows[]> {
    await this.database.query(`SELECT set_config('TimeZone', 'UTC', false)`)
    const { rows } = await this.database.query<MeasuredRows>(
      'SELECT * FROM measure_rows($1, $2::text[], $3::text[], $4::text[])',
      [from, literals, asked.map(({ cast }) => cast), asked.map(({ to }) => to)],
    )
    return rows
  }

  /** The SQLSTATE a statement fails with, undone again; null when it runs. */
  async codeOf(sql: string): Promise<string | null> {
    try {
      await this.database.transaction(async (transaction) => {
        await transaction.exec(sql)
        throw new Undo()
      })
      return null
    } catch (error) {
      if (error instanceof Undo) return null
      return (error as { code?: string }).code ?? String(error)
    }
  }

  async timezoneNames(): Promise<string[]> {
    const { rows } = await this.database.query<{ name: string }>(
      'SELECT name FROM pg_timezone_names ORDER BY name',
    )
    return rows.map(({ name }) => name)
  }

  /** Whether the server takes it for a time zone. */
  async isTimezone(name: string): Promise<boolean> {
    return (await this.codeOf(`SET TimeZone = '${name}'`)) === null
  }

  async close(): Promise<void> {
    await this.database.close()
  }
}

class Undo extends Error {}
