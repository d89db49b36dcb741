/** The emoji shortcodes people use most, as native emoji. */

const TABLE = `
owl 🦉 seedling 🌱 compass 🧭 trophy 🏆 ladder 🪜 wave 👋 tada 🎉 sparkles ✨ star ⭐ star2 🌟 fire 🔥
rocket 🚀 bulb 💡 memo 📝 pencil 📝 pencil2 ✏️ book 📖 books 📚 notebook 📓 bookmark 🔖 link 🔗
paperclip 📎 pushpin 📌 calendar 📆 date 📅 clock1 🕐 clock3 🕒 alarm_clock ⏰ hourglass ⌛
hourglass_flowing_sand ⏳ bell 🔔 no_bell 🔕 zzz 💤 email 📧 envelope ✉️ inbox_tray 📥 outbox_tray 📤
lock 🔒 unlock 🔓 key 🔑 shield 🛡️ eyes 👀 eye 👁️ mag 🔍 gear ⚙️ wrench 🔧 hammer 🔨 tools 🛠️
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ warning ⚠️ no_entry ⛔
question ❓ grey_question ❔ exclamation ❗ information_source ℹ️ arrow_right ➡️ arrow_left ⬅️
arrow_up ⬆️ arrow_down ⬇️ arrow_forward ▶️ point_right 👉 point_left 👈 point_up 👆 point_down 👇
thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 handshake 🤝 muscle 💪
raised_hand ✋ hand ✋ smile 😄 smiley 😃 grinning 😀 slightly_smiling_face 🙂 simple_smile 🙂 blush 😊
wink 😉 joy 😂 thinking_face 🤔 thinking 🤔 sweat_smile 😅 heart ❤️ green_heart 💚 blue_heart 💙
yellow_heart 💛 speech_balloon 💬 thought_balloon 💭 busts_in_silhouette 👥 bust_in_silhouette 👤
chart_with_upwards_trend 📈 bar_chart 📊 dart 🎯 mountain ⛰️ snow_capped_mountain 🏔️ sunrise 🌅
coffee ☕ house 🏠 palm_tree 🌴 herb 🌿 leaves 🍃 four_leaf_clover 🍀 deciduous_tree 🌳 herb 🌿
large_green_circle 🟢 large_yellow_circle 🟡 red_circle 🔴 white_circle ⚪ black_circle ⚫
large_blue_circle 🔵 small_blue_diamond 🔹 small_orange_diamond 🔸 heavy_plus_sign ➕
heavy_minus_sign ➖ repeat 🔁 arrows_counterclockwise 🔄 back 🔙 soon 🔜 new 🆕 wastebasket 🗑️
file_folder 📁 clipboard 📋 package 📦 gift 🎁 medal 🏅 first_place_medal 🥇 crystal_ball 🔮 puzzle_piece 🧩
hatching_chick 🐣 bee 🐝 bug 🐛 turtle 🐢 robot_face 🤖 technologist 🧑‍💻 teacher 🧑‍🏫 brain 🧠 crossed_fingers 🤞
`;

const words = TABLE.trim().split(/\s+/);
const EMOJI = new Map();
for (let at = 0; at + 1 < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);

/** The emoji called `name`, or the shortcode itself. */
export function emoji(name) {
  return EMOJI.get(name.split("::")[0]) ?? `:${name}:`;
}

export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));
}
