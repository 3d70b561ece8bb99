/** Time spans and dates, from the forms that files have to the forms that our files have. */
import { memberOf, type ForeignObject } from './foreign.ts';

/** `PT5M`, `P0Y0M0DT0H5M0S` of XML as `00:05:00`; `undefined` where it is none, or counts in months, which have no length. */
export function fromDuration(text: string): string | undefined {
  const found =
    /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9})\d*)?S)?)?$/.exec(
      text,
    );
  if (!found || !/\d/.test(text)) return undefined;
  const [, sign = '', years, months, days, hours, minutes, seconds, fraction = ''] = found;
  if (count(years) > 0 || count(months) > 0) return undefined;
  const total = count(days) * 86_400 + count(hours) * 3600 + count(minutes) * 60 + count(seconds);
  return timeSpan(sign, total, fraction);
}

/** A TimeSpan as ConvertTo-Json takes it apart: `{ Ticks, Days, …, TotalSeconds }`. */
export function fromTimeSpanObject(object: ForeignObject): string | undefined {
  const ticks = memberOf(object, 'Ticks');
  if (typeof ticks !== 'number' || memberOf(object, 'TotalSeconds') === undefined) return undefined;
  const size = Math.abs(ticks);
  const fraction = Math.round(size % 10_000_000);
  return timeSpan(
    ticks < 0 ? '-' : '',
    Math.floor(size / 10_000_000),
    fraction ? String(fraction).padStart(7, '0') : '',
  );
}

/** `/Date(1376312345000)/`, as ConvertTo-Json of Windows PowerShell writes a date, in ISO 8601. */
export function fromJsonDate(text: string): string | undefined {
  const [, milliseconds] = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/.exec(text) ?? [];
  if (milliseconds === undefined) return undefined;
  const date = new Date(Number(milliseconds));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function count(digits: string | undefined): number {
  return Number(digits ?? 0);
}

/** As .NET prints one: `[-][d.]hh:mm:ss[.fffffff]`. */
function timeSpan(sign: string, total: number, fraction: string): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(total / 86_400);
  const time = `${two((total % 86_400) / 3600)}:${two((total % 3600) / 60)}:${two(total % 60)}`;
  const digits = fraction.replace(/0+$/, '');
  return `${sign}${days > 0 ? `${days}.` : ''}${time}${digits ? `.${digits.slice(0, 7).padEnd(7, '0')}` : ''}`;
}
