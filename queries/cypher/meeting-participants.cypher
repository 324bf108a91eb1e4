// title.vi: Ai dự, ai chủ trì cuộc họp nào
// title.en: Who took part in which meeting
// help.vi: Mỗi dòng là một người hoặc cơ quan ở một sự kiện; role là chair, host hoặc participant.
// help.en: One row a person or body at an event; role is chair, host or participant.
// theme: meetings
// param: who | name | optional | người hoặc cơ quan · person or body
// param: meeting | name | optional | tên sự kiện · name of the event
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: date | text
// column: meeting | text
// column: role | text
// column: who | text
// column: meeting_id | id
// column: who_id | id
// order: date desc, meeting, meeting_id, role, who, who_id
// example: kg query meeting-participants -p meeting "buổi làm việc"

MATCH (w)-[r:CHAIRED|HOSTED|ATTENDED]->(m:Meeting)
WHERE ($meeting = '' OR m.folded CONTAINS $meeting_folded)
  AND ($since = '' OR substring(m.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(m.date, 0, size($until)) <= $until)
  AND ($who = '' OR w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []))
RETURN m.date AS date, m.name AS meeting,
  CASE type(r) WHEN 'CHAIRED' THEN 'chair' WHEN 'HOSTED' THEN 'host' ELSE 'participant' END AS role,
  w.name AS who, m.id AS meeting_id, w.id AS who_id
ORDER BY coalesce(m.date, '') DESC, meeting, meeting_id, role, who, who_id
