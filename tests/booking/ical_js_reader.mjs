// Prints when a calendar file says that somebody is busy, as ical.js reads it:
// node ical_js_reader.mjs MODULE FILE BEGINS ENDS -> [[start, end, lines, early start, early end], ...]
// `lines` are what its entry says of when it is. The early ones are null, but for what is before the
// first change of its zone: it is told by the offset that the change names as the one before it.
import { readFileSync } from "node:fs";

const [module, file, begins, ends] = process.argv.slice(2);
const { default: ICAL } = await import(module);
const from = Date.parse(begins) / 1000 - 86400;
const to = Date.parse(ends) / 1000 + 86400;
const MOST = 20000;

// A zone that the file does not define is told by its name, and looked up by whoever reads this.
function tell(time, component) {
  const zone = component.getFirstProperty("dtstart").getParameter("tzid") ?? "";
  const known = time.zone === ICAL.Timezone.utcTimezone || ICAL.TimezoneService.has(zone);
  if (!time.isDate && known) return { seconds: time.toUnixTime() };
  const clock = time.toString().replace("Z", "");
  return { clock: time.isDate ? `${clock}T00:00:00` : clock, zone: time.isDate ? "" : zone };
}

// ical.js takes for UTC what is before the first change that it knows of a zone.
function early(time) {
  const first = time.zone?.utcOffset(time) === 0 && time.zone.changes?.[0];
  if (!first) return null;
  const { year, month, day, hour } = time;
  const before = Date.UTC(first.year, first.month, first.day, first.hour);
  if (Date.UTC(year, month, day, hour) > before) return null;
  return { seconds: time.toUnixTime() - first.prevUtcOffset };
}

const OF_WHEN = ["dtstart", "rrule", "rdate", "exdate", "exrule"];

function linesOf(component) {
  const kept = OF_WHEN.flatMap((name) => component.getAllProperties(name));
  return kept.map((property) => property.toICALString()).join("\r\n");
}

function takesTime(component) {
  const word = (name) => String(component.getFirstPropertyValue(name) ?? "").toUpperCase();
  return word("transp") !== "TRANSPARENT" && word("status") !== "CANCELLED";
}

const busy = [];
const add = (item, start, end) => {
  if (!takesTime(item.component)) return;
  const told = [tell(start, item.component), tell(end, item.component)];
  busy.push([...told, linesOf(item.component), early(start), early(end)]);
};

const parsed = ICAL.parse(readFileSync(file, "utf8"));
for (const jcal of typeof parsed[0] === "string" ? [parsed] : parsed) {
  const calendar = new ICAL.Component(jcal);
  if (calendar.name !== "vcalendar") continue;
  if (String(calendar.getFirstPropertyValue("method") ?? "").toUpperCase() === "CANCEL") continue;
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    // ical.js forgets the DTSTART of hours that have an RDATE as well.
    for (const hours of zone.getAllSubcomponents().filter((each) => each.hasProperty("rdate"))) {
      hours.addPropertyWithValue("rdate", hours.getFirstPropertyValue("dtstart"));
    }
    ICAL.TimezoneService.register(zone);
  }
  const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
  for (const event of events) {
    try {
      if (event.isRecurrenceException()) {
        add(event, event.startDate, event.endDate);
      } else if (!event.isRecurring()) {
        add(event, event.startDate, event.endDate);
      } else {
        const changes = events.filter((each) => each.uid === event.uid && each.isRecurrenceException());
        changes.forEach((each) => event.relateException(each));
        const times = event.iterator();
        for (let next = times.next(), count = 0; next && count < MOST; next = times.next(), count++) {
          if (next.toUnixTime() > to) break;
          const found = event.getOccurrenceDetails(next);
          if (found.endDate.toUnixTime() >= from) add(found.item, found.startDate, found.endDate);
        }
      }
    } catch (error) {
      console.error(error);
    }
  }
}
console.log(JSON.stringify(busy));
