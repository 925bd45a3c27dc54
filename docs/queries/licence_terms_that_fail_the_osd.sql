-- Which terms of which licences break which criterion of the Open Source Definition?
-- The clause is named, with its own words where the text was read here.
select m.vendor, m.name as model, x.metric as term,
    json_extract_string(x.conditions, '$.rule') as criterion,
    json_extract_string(x.conditions, '$.document') as document,
    json_extract_string(x.conditions, '$.clause') as clause,
    coalesce(json_extract_string(x.conditions, '$.quote'), x.text) as words,
    o.url, x.id as measurement_id
from measurement x
join model m on m.id = x.model_id
left join source o on o.id = x.source_id
where x.metric like 'license\_term.%' escape '\'
    and json_extract_string(x.conditions, '$.rule') like 'Open Source Definition%'
order by m.vendor, m.name, term, x.id;
