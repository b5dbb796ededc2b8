// Scrolls the email of the desktop and that of the phone together: the same words are at the top of both.

import { framesIn } from "./email.js";
import { placeIn, topOfSame } from "./place.js";

// How far a frame was scrolled here, so that the scrolling of one frame does not come back from the other.
const moved = new WeakMap();

/** Scroll the other frame to the place at which this one is. */
export function follow(frame) {
  const other = framesIn(document).find((each) => each !== frame);
  const [from, to] = [frame, other].map((each) => each?.contentDocument?.scrollingElement);
  if (!from || !to || Math.abs(moved.get(frame) - from.scrollTop) < 2) return;
  to.scrollTop += distance(from, to);
  moved.set(other, to.scrollTop);
  moved.delete(frame);
}

/** Return how many px to scroll one email so that it is at the same place as another. */
function distance(from, to) {
  if (from.scrollTop <= 0) return -to.scrollTop;
  if (from.scrollTop + from.clientHeight >= from.scrollHeight - 1) return to.scrollHeight;
  const [page, otherPage] = [from.ownerDocument.body, to.ownerDocument.body];
  const place = placeIn(page, 0);
  return place ? (topOfSame(place, page, otherPage) ?? place.top) - place.top : 0;
}
