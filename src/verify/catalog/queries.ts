/** A schema of the user's own, and not of the server. */
const OWN = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** What an extension brings along belongs to it. */
const free = (catalog: string, oid: string) =>
  `not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.${catalog}'::regclass
    and d.objid = ${oid} and d.deptype = 'e')`

/** Names of columns of a relation, in the order of their numbers in an array. */
const namesOf = (relation: string, numbers: string) =>
  `(select coalesce(json_agg(e.attname order by u.position), '[]') from unnest(${numbers})
    with ordinality u (number, position) join pg_catalog.pg_attribute e
    on e.attrelid = ${relation} and e.attnum = u.number)`

/** What a sequence is like, but for its name. */
const sequence = (oid: string) =>
  `(select concat_ws(' ', format_type(q.seqtypid, null), 'start', q.seqstart, 'by', q.seqincrement,
    'from', q.seqmin, 'to', q.seqmax, 'cache', q.seqcache, case when q.seqcycle then 'cycle' end)
    from pg_catalog.pg_sequence q where q.seqrelid = ${oid})`

/** The sequence of an identity column, or of a serial one. */
const ownSequence = `(select s.objid from pg_catalog.pg_depend s join pg_catalog.pg_class o on o.oid = s.objid
  where s.classid = 'pg_catalog.pg_class'::regclass and s.refclassid = s.classid and s.refobjid = c.oid
    and s.refobjsubid = a.attnum and s.deptype in ('a', 'i') and o.relkind = 'S' limit 1)`

/**
 * What stands in a database, one query for each kind of object; every row has one column of JSON. The
 * server's own deparser says what expressions are, so that the same ones look the same.
 */
export const QUERIES = {
  schemas: `select json_build_object('name', n.nspname) from pg_catalog.pg_namespace n
    where ${OWN} and ${free('pg_namespace', 'n.oid')} order by n.nspname`,

  extensions: `select json_build_object('name', e.extname, 'schema', n.nspname)
    from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
    where e.extname <> 'plpgsql' order by e.extname`,

  enums: `select json_build_object('schema', n.nspname, 'name', t.typname, 'labels',
      (select json_agg(l.enumlabel order by l.enumsortorder) from pg_catalog.pg_enum l where l.enumtypid = t.oid))
    from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    where t.typtype = 'e' and ${OWN} and ${free('pg_type', 't.oid')}`,

  /** Domains, composite types and ranges, which no schema file can declare: as SQL that makes them. */
  types: `select json_build_object('schema', n.nspname, 'name', t.typname,
      'kind', case t.typtype when 'd' then 'domain' when 'r' then 'range type' else 'type' end,
      'constrained', t.typnotnull or exists (select from pg_catalog.pg_constraint k where k.contypid = t.oid),
      'definition', case t.typtype
        when 'd' then format('create domain %I.%I as %s', n.nspname, t.typname, concat_ws(' ',
          format_type(t.typbasetype, t.typtypmod),
          'default ' || pg_get_expr(t.typdefaultbin, 0), case when t.typnotnull then 'not null' end,
          (select string_agg(format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), ' ' order by k.conname)
            from pg_catalog.pg_constraint k where k.contypid = t.oid and k.contype = 'c')))
        when 'r' then format('create type %I.%I as range (subtype = %s)', n.nspname, t.typname,
          (select format_type(r.rngsubtype, null) from pg_catalog.pg_range r where r.rngtypid = t.oid))
        else format('create type %I.%I as (%s)', n.nspname, t.typname,
          (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
            from pg_catalog.pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)) end)
    from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    where (t.typtype in ('d', 'r') or t.typtype = 'c' and exists (select from pg_catalog.pg_class c
      where c.oid = t.typrelid and c.relkind = 'c')) and ${OWN} and ${free('pg_type', 't.oid')}`,

  tables: `select json_build_object('schema', n.nspname, 'name', c.relname, 'rowSecurity', c.relrowsecurity,
      'forced', c.relforcerowsecurity, 'unlogged', c.relpersistence = 'u', 'partitioned', c.relkind = 'p',
      'columns', (select coalesce(json_agg(json_build_object('name', a.attname,
          'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
          'enum', (select json_build_object('schema', en.nspname, 'name', et.typname)
            from pg_catalog.pg_type et join pg_catalog.pg_namespace en on en.oid = et.typnamespace
            where et.oid = case when y.typcategory = 'A' then y.typelem else y.oid end
              and et.typtype in ('e', 'd', 'c', 'r') and en.nspname <> 'pg_catalog'),
          'array', y.typcategory = 'A',
          'collation', (select l.collname from pg_catalog.pg_collation l
            where l.oid = a.attcollation and a.attcollation <> y.typcollation),
          'identity', a.attidentity, 'generated', a.attgenerated,
          'default', pg_get_expr(b.adbin, b.adrelid),
          'owns', (${ownSequence}) is not null,
          'sequence', ${sequence(ownSequence)}) order by a.attnum), '[]')
        from pg_catalog.pg_attribute a join pg_catalog.pg_type y on y.oid = a.atttypid
          left join pg_catalog.pg_attrdef b on b.adrelid = a.attrelid and b.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped))
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and ${OWN} and ${free('pg_class', 'c.oid')}`,

  constraints: `select json_build_object('schema', n.nspname, 'table', c.relname, 'name', k.conname,
      'type', k.contype, 'valid', k.convalidated, 'deferrable', k.condeferrable, 'deferred', k.condeferred,
      'columns', ${namesOf('c.oid', 'k.conkey')},
      'definition', pg_get_constraintdef(k.oid),
      'expression', pg_get_expr(k.conbin, k.conrelid),
      'references', (select json_build_object('schema', rn.nspname, 'name', r.relname)
        from pg_catalog.pg_class r join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
        where r.oid = k.confrelid),
      'referenced', ${namesOf('k.confrelid', 'k.confkey')},
      'onDelete', k.confdeltype, 'onUpdate', k.confupdtype, 'match', k.confmatchtype)
    from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where k.contype in ('c', 'f', 'p', 'u', 'x') and k.conparentid = 0 and not c.relispartition
      and c.relkind in ('r', 'p') and ${OWN} and ${free('pg_class', 'c.oid')}`,

  indexes: `select json_build_object('schema', n.nspname, 'table', t.relname, 'name', c.relname,
      'method', m.amname, 'unique', x.indisunique, 'valid', x.indisvalid,
      'constraint', (select k.conname from pg_catalog.pg_constraint k
        where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x') limit 1),
      'keys', x.indnkeyatts, 'columns', (select json_agg(k.attname order by u.position)
        from unnest(x.indkey::int2[]) with ordinality u (number, position)
        left join pg_catalog.pg_attribute k on k.attrelid = t.oid and k.attnum = u.number and u.number > 0),
      'expressions', (select coalesce(json_agg(distinct k.attname), '[]') from pg_catalog.pg_depend d
        join pg_catalog.pg_attribute k on k.attrelid = t.oid and k.attnum = d.refobjsubid
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.refobjid = t.oid
          and x.indexprs is not null and d.deptype <> 'i'),
      'predicate', pg_get_expr(x.indpred, x.indrelid),
      'definition', pg_get_indexdef(c.oid))
    from pg_catalog.pg_index x join pg_catalog.pg_class c on c.oid = x.indexrelid
      join pg_catalog.pg_class t on t.oid = x.indrelid join pg_catalog.pg_am m on m.oid = c.relam
      join pg_catalog.pg_namespace n on n.oid = t.relnamespace
    where t.relkind in ('r', 'p', 'm') and not t.relispartition and ${OWN} and ${free('pg_class', 't.oid')}`,

  policies: `select json_build_object('schema', n.nspname, 'table', c.relname, 'name', p.polname,
      'command', p.polcmd, 'definition', concat_ws(' ', case when not p.polpermissive then 'AS RESTRICTIVE' end, 'FOR',
        case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end,
        'TO', (select string_agg(coalesce(quote_ident(r.rolname), 'public'), ', ' order by r.rolname)
          from unnest(p.polroles) u (role) left join pg_catalog.pg_roles r on r.oid = u.role),
        'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'))
    from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace where ${OWN}`,

  triggers: `select json_build_object('schema', n.nspname, 'table', c.relname, 'name', g.tgname,
      'definition', pg_get_triggerdef(g.oid))
    from pg_catalog.pg_trigger g join pg_catalog.pg_class c on c.oid = g.tgrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where not g.tgisinternal and not c.relispartition and ${OWN} and ${free('pg_trigger', 'g.oid')}`,

  views: `select json_build_object('schema', n.nspname, 'name', c.relname, 'materialized', c.relkind = 'm',
      'definition', concat_ws(' ', array_to_string(c.reloptions, ', '), pg_get_viewdef(c.oid)))
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and ${OWN} and ${free('pg_class', 'c.oid')}`,

  sequences: `select json_build_object('schema', n.nspname, 'name', c.relname, 'definition', ${sequence('c.oid')},
      'owner', (select json_build_object('schema', tn.nspname, 'table', t.relname, 'column', a.attname)
        from pg_catalog.pg_depend d join pg_catalog.pg_class t on t.oid = d.refobjid
          join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
          join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
          and d.refclassid = d.classid limit 1))
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${OWN} and ${free('pg_class', 'c.oid')}`,

  functions: `select json_build_object('schema', n.nspname, 'name', p.proname,
      'arguments', pg_get_function_identity_arguments(p.oid), 'volatility', p.provolatile,
      'kind', case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
      'language', l.lanname, 'forTriggers', p.prorettype = 'pg_catalog.trigger'::regtype,
      'definition', case when p.prokind in ('f', 'p') then pg_get_functiondef(p.oid) end)
    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      join pg_catalog.pg_language l on l.oid = p.prolang
    where ${OWN} and ${free('pg_proc', 'p.oid')}`,
} as const
