"""Bodies in the standards, made for the tests of the doors."""

ALERT = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
 <identifier>NJ-1</identifier><sender>met@nj</sender>
 <sent>2026-06-20T08:00:00+08:00</sent>
 <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
 <info><language>zh-CN</language><category>Met</category><event>暴雨</event>
  <urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
  <expires>2026-06-20T20:00:00+08:00</expires><headline>暴雨橙色预警</headline>
  <area><areaDesc>江宁区</areaDesc></area></info>
</alert>"""
