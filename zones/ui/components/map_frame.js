// Shows the map document in a sandboxed frame and carries messages: state in, clicked ids out.
// The frame is made once and loads again only for another document.
const desks = new WeakMap();
const memories = new Map(); // view and visible layers by map, kept while the page lives
const PATIENCE = 8000; // milliseconds before saying that the map does not answer

function opened(parent, memory) {
  const channel = crypto.randomUUID();
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  Object.assign(frame.style, { display: "block", width: "100%", border: "0", borderRadius: "8px" });
  const notice = document.createElement("p");
  notice.hidden = true;
  parent.append(frame, notice);
  const desk = { frame, notice, channel, memory, loads: 0, round: 0, ready: false };

  desk.send = () => {
    if (!desk.ready) return;
    desk.round += 1;
    // A sandboxed frame has no origin that could be named here; it holds nothing but our page.
    frame.contentWindow.postMessage(
      { channel, type: "state", state: { ...desk.state, round: desk.round }, memory: memories.get(memory) },
      "*",
    );
  };

  desk.load = (address) => {
    if (desk.address === address) return;
    desk.address = address;
    desk.ready = false;
    desk.loads += 1;
    frame.dataset.loads = String(desk.loads);
    frame.src = `${address}#${channel}`;
    clearTimeout(desk.timer);
    desk.timer = setTimeout(() => { notice.hidden = desk.ready; }, PATIENCE);
  };

  desk.hear = (event) => {
    if (event.source !== frame.contentWindow || !event.data || event.data.channel !== channel) return;
    const { type } = event.data;
    if (type === "ready") {
      desk.ready = true;
      notice.hidden = true;
      desk.send();
    } else if (type === "click") {
      desk.clicks = (desk.clicks || 0) + 1;
      desk.trigger("click", { parcel: String(event.data.parcel), n: desk.clicks });
    } else if (type === "memory") {
      memories.set(memory, event.data.memory);
    } else if (type === "shown") {
      frame.dataset.shown = String(event.data.round);
    }
  };
  window.addEventListener("message", desk.hear);

  desk.close = () => {
    window.removeEventListener("message", desk.hear);
    clearTimeout(desk.timer);
    frame.remove();
    notice.remove();
    desks.delete(parent);
  };
  return desk;
}

export default function show({ data, parentElement, setTriggerValue }) {
  if (!desks.has(parentElement)) desks.set(parentElement, opened(parentElement, data.memory));
  const desk = desks.get(parentElement);
  desk.trigger = setTriggerValue;
  desk.state = data.state;
  desk.frame.title = data.title;
  desk.frame.style.height = `${data.height}px`;
  desk.notice.textContent = data.silent;
  desk.load(data.address);
  desk.send();
  return desk.close;
}
