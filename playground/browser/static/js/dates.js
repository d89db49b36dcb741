/** Instants (epoch seconds) as a reader in a time zone sees them. */

function parts(zone, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
}

export function timeOfDay(at, zone) {
  return parts(zone, { hour: "2-digit", minute: "2-digit" }).format(at * 1000);
}

export function dayOf(at, zone) {
  return parts(zone, { weekday: "long", day: "numeric", month: "long" }).format(at * 1000);
}

export function moment(at, zone) {
  return parts(zone, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })
    .format(at * 1000);
}

const FORMS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** A `<!date^…>` format string filled in, as Slack does it in the reader's own zone. */
export function slackDate(at, format, zone, today) {
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    const plain = name.replace(/_pretty$/, "");
    if (name !== plain) {
      const close = nearDay(at, zone, today);
      if (close) return close;
    }
    if (name === "ago") return ago(today - at);
    const form = FORMS[plain] ?? FORMS[name];
    return form ? parts(zone, form).format(at * 1000) : whole;
  });
}

function nearDay(at, zone, today) {
  const day = (seconds) => parts(zone, FORMS.date_num).format(seconds * 1000);
  const names = { 0: "today", 1: "tomorrow", [-1]: "yesterday" };
  for (const [shift, name] of Object.entries(names)) {
    if (day(at) === day(today + Number(shift) * 86400)) return name;
  }
  return null;
}

function ago(seconds) {
  const days = Math.round(seconds / 86400);
  if (days >= 1) return `${days} ${days === 1 ? "day" : "days"} ago`;
  const hours = Math.round(seconds / 3600);
  return hours >= 1 ? `${hours} ${hours === 1 ? "hour" : "hours"} ago` : "just now";
}
