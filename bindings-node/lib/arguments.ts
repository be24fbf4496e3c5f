// Checks what TypeScript would have refused, for callers in plain JavaScript.
import { type Caller, invalidArgument } from './outcome';

/** `value` if it is text. */
export function text(value: string, name: string, caller: Caller): string {
  if (typeof value === 'string') return value;
  throw invalidArgument(`${name} is ${described(value)}; expected a string`, caller);
}

/** Bytes, or text as UTF-8. */
export function bytes(value: string | Uint8Array, name: string, caller: Caller): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (value instanceof Uint8Array) return value;
  throw invalidArgument(`${name} is ${described(value)}; expected a string or a Uint8Array`, caller);
}

/** A time as the library reads it. */
export function time(value: string | Date, name: string, caller: Caller): string {
  if (!(value instanceof Date)) return text(value, name, caller);
  if (Number.isNaN(value.getTime())) throw invalidArgument(`${name} is an invalid Date`, caller);
  return value.toISOString();
}

/** What a value is, for a message. */
export function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `a value of type ${typeof value}`;
}
