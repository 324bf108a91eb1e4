// title.vi: Ai được giao phối hợp với ai
// title.en: Who is told to work with whom
// help.vi: Mỗi dòng là một nơi được giao việc và một nơi được giao phối hợp, với số chỉ đạo.
// help.en: One row a body in charge and a body that is to help it, with the number of directives.
// theme: network
// param: lead | name | optional | nơi được giao việc · the body in charge
// param: partner | name | optional | nơi phối hợp · the body that helps
// column: lead | text
// column: partner | text
// column: directives | int
// column: first | text
// column: last | text
// column: lead_id | id
// column: partner_id | id
// order: directives desc, lead, partner, lead_id, partner_id
// example: kg query coordination -p lead "Sở Y tế"

MATCH (l)<-[:ADDRESSED_TO|LED_BY]-(d:Directive)-[:COORDINATED_WITH]->(o)
WHERE l.id <> o.id
  AND ($lead = '' OR l.folded CONTAINS $lead_folded OR $lead IN coalesce(l.aliases, []))
  AND ($partner = '' OR o.folded CONTAINS $partner_folded OR $partner IN coalesce(o.aliases, []))
RETURN l.name AS lead, o.name AS partner, count(DISTINCT d) AS directives, min(d.date) AS first, max(d.date) AS last, l.id AS lead_id, o.id AS partner_id
ORDER BY directives DESC, lead, partner, lead_id, partner_id
