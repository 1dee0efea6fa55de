-- What Pandoc reads of a page, made ready for `paper.typ`: each picture with its words, figures
-- under each other by their last digit, and the parts that the page sets apart.

local BESIDE = "beside" -- a list whose items stand in three columns
local CALLS = pandoc.List({ "small", "answer", "across" }) -- parts that the template sets in its own way

local function quoted(text)
  text = text:gsub("%s+", " "):gsub("\\", "\\\\"):gsub('"', '\\"')
  return '"' .. text .. '"'
end

local function typst(text) return pandoc.RawBlock("typst", text) end

function Image(image)
  local words = pandoc.utils.stringify(image.caption)
  local width = tonumber(image.attributes.width) or "none"
  local call = "#picture(" .. quoted(image.src) .. ", " .. quoted(words) .. ", " .. width .. ")"
  return pandoc.RawInline("typst", call)
end

local function is_number(cell) return cell and cell.classes:includes("number") end

function Table(found)
  local first = found.bodies[1] and found.bodies[1].body[1]
  for i, spec in ipairs(found.colspecs) do
    local right = first and is_number(first.cells[i])
    found.colspecs[i] = { right and "AlignRight" or "AlignLeft", spec[2] }
  end
  return found
end

-- Items stand in three columns, to be read down each: all of them stay in their order.
local function beside(list)
  local items, parts = list.content, {}
  local size = math.ceil(#items / 3)
  for start = 1, #items, size do
    local part = pandoc.List()
    for i = start, math.min(start + size - 1, #items) do part:insert(items[i]) end
    local blocks = pandoc.BulletList(part)
    if list.t == "OrderedList" then
      blocks = pandoc.OrderedList(part, pandoc.ListAttributes(start))
    end
    parts[#parts + 1] = { typst("["), blocks, typst("],") }
  end
  local all = pandoc.List({ typst("#beside(") })
  for _, part in ipairs(parts) do all:extend(part) end
  all:insert(typst(")"))
  return all
end

function Div(div)
  local inner = div.content
  if div.classes:includes(BESIDE) then inner = beside(div.content[1]) end
  local all = pandoc.List()
  -- No box of its own, for that could not reach over both columns: links find where it stood.
  if div.identifier ~= "" then all:insert(typst("#metadata(none) <" .. div.identifier .. ">")) end
  local call = CALLS:find_if(function(name) return div.classes:includes(name) end)
  if call then all:insert(typst("#" .. call .. "[")) end
  all:extend(inner)
  if call then all:insert(typst("]")) end
  return all
end
