/** The server as any workbench sees it: one method for each thing that a person does. */

import { type Answer, request } from "../lib/http";
import type { Note } from "../textlayer/notes";
import type { Choice } from "../ui/choices";
import { t } from "./messages";
import type { CommonBootstrap, Draft, FieldErrors, Outcome } from "./types";

export abstract class Serving<Data extends CommonBootstrap = CommonBootstrap> {
  readonly data: Data;
  /** Public id of what is annotated. */
  readonly subject: string;

  constructor(data: Data, subject: string) {
    this.data = data;
    this.subject = subject;
  }

  may(action: string): boolean {
    return this.data.actions.includes(action);
  }

  /** Whether the page still shows what the server sent. */
  get isIntact(): boolean {
    return true;
  }

  /** Whether another place can be picked on this page, to point at. */
  get picks(): boolean {
    return true;
  }

  /** Return every note here that the viewer may submit. */
  abstract submittable(): Promise<Note[]>;

  /** Return what is sent of the place. */
  protected abstract placing(draft: Draft, revised: boolean): object;

  /** Write a new note, or a new version of the one that the draft revises. */
  async save(draft: Draft, note: Note | null, key: string): Promise<Outcome> {
    const said = {
      body: draft.body,
      language: draft.language,
      category: draft.category,
      visibility: draft.visibility,
      ...(draft.group ? { group: draft.group } : {}),
      tags: draft.tags.map(({ id }) => id),
      references: draft.references.map(({ relation, inverse, target, note: words, note_language }) => ({
        relation,
        inverse: inverse ?? false,
        target,
        note: words,
        note_language: words ? note_language || draft.language : "",
      })),
    };
    try {
      if (note) {
        const body = { ...this.placing(draft, true), ...said, draft_key: key };
        const version = draft.base_version ?? note.version_id;
        return outcome(await request<Note>("PATCH", note.url, { body, version }));
      }
      const body = {
        ...this.placing(draft, false),
        ...said,
        idempotency_key: draft.idempotency_key,
        draft_key: key,
      };
      return outcome(await request<Note>("POST", this.data.annotations_url, { body }));
    } catch {
      return { kind: "offline" };
    }
  }

  /** Withdraw a note; true when it is done. */
  async withdraw(note: Note): Promise<boolean> {
    const answer = await request("DELETE", note.url, { version: note.version_id }).catch(() => null);
    return answer?.ok ?? false;
  }

  /** Let the note say what its reviewer suggested; the note as it is then, or the sentence that says why not. */
  async take(note: Note): Promise<Note | string> {
    const body = { take: note.decision?.wording?.take ?? "" };
    const sent = request<Note & Refusal>("PATCH", note.url, { body, version: note.version_id });
    const answer = await sent.catch(() => null);
    if (answer?.ok) return answer.data;
    return answer?.status === 412 ? t("take_stale") : answer?.data.detail || t("take_failed");
  }

  async preview(body: string): Promise<string | null> {
    const answer = await request<{ html: string }>("POST", this.data.preview_url, { body: { body } }).catch(
      () => null,
    );
    return answer?.ok ? answer.data.html : null;
  }

  async createTerm(term: {
    kind: string;
    label_ar: string;
    label_en: string;
  }): Promise<Choice | FieldErrors> {
    const answer = await request<Choice & { errors?: FieldErrors }>("POST", this.data.terms_url, {
      body: term,
    });
    return answer.ok ? answer.data : (answer.data.errors ?? {});
  }

  async submit(sending: Sending): Promise<Answer<{ url?: string; detail?: string; errors?: FieldErrors }>> {
    return request("POST", this.data.submissions_url, { body: sending });
  }
}

/** What is handed to the reviewers; the key makes a second sending harmless. */
interface Sending {
  readonly annotations: readonly string[];
  readonly message: string;
  readonly idempotency_key: string;
}

type Refusal = { current?: Note; detail?: string; errors?: FieldErrors };

function outcome(answer: Answer<Note & Refusal>): Outcome {
  const { status, data } = answer;
  if (answer.ok) return { kind: "saved", note: data };
  if (status === 409) return { kind: "mismatch" };
  if (status === 412) return { kind: "stale", current: data.current ?? null };
  if (status === 422 || status === 400) {
    return {
      kind: "invalid",
      errors: data.errors ?? (data.detail ? { non_field_errors: [data.detail] } : {}),
    };
  }
  if (status === 428) return { kind: "unversioned" };
  return { kind: "refused", status, detail: data.detail ?? "" };
}
