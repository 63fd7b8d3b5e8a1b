// Times as they are said here.

const parts = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: "Asia/Shanghai" };
const clock = new Intl.DateTimeFormat("zh-CN", parts);
const full = new Intl.DateTimeFormat("zh-CN", { ...parts, month: "2-digit", day: "2-digit" });

/** 10:02:11, with the day when `day`. */
export const time = (at, day = false) => (at ? (day ? full : clock).format(new Date(at)) : "");
