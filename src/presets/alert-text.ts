/** What this server tells of itself. Only webhooks that name these events get them, never the webhook that they are about. */
export const systemEvents = ['webhook.disabled', 'webhook.failing', 'delivery.dead']

/** One sentence in Liquid, left in the variable `text`. Anybody may reword it in the webhook. */
export const alertText =
  '{% assign name = data.webhook_name | default: current.name | default: record.id %}' +
  '{% capture text %}' +
  '{% case event.type %}' +
  '{% when "webhook.disabled" %}The webhook "{{ name }}" was switched off' +
  '{% when "webhook.failing" %}The webhook "{{ name }}" keeps failing' +
  '{% when "delivery.dead" %}A delivery of the webhook "{{ name }}" was given up' +
  '{% else %}{{ event.type }}: {{ name }}' +
  '{% endcase %}' +
  '{% if data.reason %}: {{ data.reason }}{% endif %}.' +
  '{% endcapture %}'
