import type { ErrorCode } from './error';
import type { GateReport as NativeReport } from './native';
import { type Caller, parse } from './outcome';
import { Value } from './value';

/** The checks of the gate, in the order in which they are judged. */
export type CheckName =
  | 'exists'
  | 'active'
  | 'manifest-digest'
  | 'expected-digest'
  | 'platform'
  | 'content-complete'
  | 'revision-label'
  | 'tag-immutable'
  | 'scan'
  | 'retention';

/** One check, what came of it, and why. */
export interface Check {
  readonly name: CheckName;
  readonly outcome: 'pass' | 'fail' | 'warn' | 'skip';
  readonly reason: string;
  /** With `fail` and `warn`. */
  readonly code?: ErrorCode;
  readonly expected?: string;
  readonly actual?: string;
  /** What to do. */
  readonly advice?: string;
}

/** What the registry gave, whatever the verdict. */
export interface FoundImage {
  readonly repository: string;
  readonly tag?: string;
  readonly digest: string;
  readonly mediaType?: string;
  readonly platforms: readonly string[];
  readonly children: readonly string[];
}

/** The JSON form of a {@link GateReport}. */
export interface GateReportJson {
  readonly image: string;
  readonly verdict: 'verified' | 'refused';
  readonly reference?: string;
  readonly found?: FoundImage;
  readonly checks: readonly Check[];
}

/** What the gate found on one image, check by check. */
export class GateReport extends Value<GateReportJson> {
  /** The image as it was asked for. */
  readonly image: string;
  readonly verdict: 'verified' | 'refused';
  /** The pinned reference, when the verdict is `verified`. */
  readonly reference: string | undefined;
  readonly found: FoundImage | undefined;
  readonly checks: readonly Check[];
  readonly #native: NativeReport;

  private constructor(report: NativeReport, caller: Caller) {
    const json = parse<GateReportJson>(report.toJson(), caller);
    super(json);
    this.image = json.image;
    this.verdict = json.verdict;
    this.reference = json.reference;
    this.found = json.found;
    this.checks = json.checks;
    this.#native = report;
    Object.freeze(this);
  }

  /** @internal */
  static wrap(report: NativeReport, caller: Caller): GateReport {
    return new GateReport(report, caller);
  }

  /** Whether the image may be deployed. */
  get isVerified(): boolean {
    return this.verdict === 'verified';
  }

  /** As Markdown, for a job summary or a comment; untrusted text is escaped. */
  toMarkdown(): string {
    return this.#native.toMarkdown();
  }

  /** As text, for a terminal. */
  override toString(): string {
    return this.#native.toText();
  }
}
