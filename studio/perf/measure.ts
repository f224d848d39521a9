import type { Locator, Page } from "@playwright/test";

/** The milliseconds from a click to the frame after the one in which a text is in the page, measured in the page itself. */
export async function clickToShown(link: Locator, selector: string, text: string): Promise<number> {
  return link.evaluate(
    (element, { selector, text }) =>
      new Promise<number>((resolve, reject) => {
        const began = performance.now();
        const look = () => {
          if (performance.now() - began > 60_000) reject(new Error(`'${text}' is not shown.`));
          const isShown = [...document.querySelectorAll(selector)].some((found) => new RegExp(text).test(found.textContent ?? ""));
          requestAnimationFrame(isShown ? () => resolve(performance.now() - began) : look);
        };
        (element as HTMLElement).click();
        look();
      }),
    { selector, text },
  );
}

/** The gaps between frames while a list is scrolled by so many pixels each frame. */
export async function scrollGaps(list: Locator, pixels: number, frames: number): Promise<number[]> {
  return list.evaluate(
    (element, { pixels, frames }) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const step = (at: number) => {
          times.push(at);
          element.scrollTop += pixels;
          if (times.length <= frames) requestAnimationFrame(step);
          else resolve(times.slice(1).map((time, index) => time - times[index]!));
        };
        requestAnimationFrame(step);
      }),
    { pixels, frames },
  );
}

/** Watches frames and long tasks until the result is called. */
export async function watchFrames(page: Page): Promise<() => Promise<{ gaps: number[]; longTasks: number[] }>> {
  const handle = await page.evaluateHandle(() => {
    const seen = { gaps: [] as number[], longTasks: [] as number[], isOver: false };
    new PerformanceObserver((list) => seen.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
    let last = performance.now();
    const step = (at: number) => {
      seen.gaps.push(at - last);
      last = at;
      if (!seen.isOver) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    return seen;
  });
  return () => handle.evaluate((seen) => ((seen.isOver = true), { gaps: seen.gaps, longTasks: seen.longTasks }));
}

/** Presses keys in the field that has the focus; the milliseconds of each from its event to the frame that shows it. */
export async function keysToPaint(page: Page, keys: number): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    document.addEventListener("input", (event) => {
      const began = event.timeStamp;
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => times.push(performance.now() - began);
        channel.port2.postMessage(0);
      });
    }, true);
  });
  for (let key = 0; key < keys; key++) await page.keyboard.press("abcdefghij"[key % 10]!, { delay: 10 });
  return page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
}

/** Writes this into the field that has the focus; the milliseconds from its last character to the frame after the one in which a text is in the page. */
export async function typedToShown(page: Page, text: string, selector: string, wanted: string): Promise<number> {
  await page.keyboard.insertText(text.slice(0, -1));
  const shown = await page.evaluateHandle(
    ({ selector, wanted }) => ({
      time: new Promise<number>((resolve, reject) => {
        const onInput = () => {
          const began = performance.now();
          const look = () => {
            if (performance.now() - began > 60_000) reject(new Error(`'${wanted}' is not shown.`));
            const isShown = [...document.querySelectorAll(selector)].some((found) => new RegExp(wanted).test(found.textContent?.trim() ?? ""));
            requestAnimationFrame(isShown ? () => resolve(performance.now() - began) : look);
          };
          look();
        };
        document.addEventListener("input", onInput, { capture: true, once: true });
      }),
    }),
    { selector, wanted },
  );
  await page.keyboard.insertText(text.slice(-1));
  return shown.evaluate(({ time }) => time);
}
