using System.Text.Json;
using Sluice.Cli.Output;

namespace Sluice.Cli.Run;

/// <summary>What there is to decide on, as text: a plan as a table with a row for each action, the arguments of a call line by line.</summary>
internal sealed class ApprovalCard(AgentRuntime runtime, Terminal terminal)
{
    private const int MostCharacters = 2000;
    private const int MostInCell = 160;
    private const int MostReferences = 10;

    /// <summary>The text. It is safe to be shown; what is cut is said to be.</summary>
    public async Task<string> DescribeAsync(Question question, CancellationToken cancellationToken) =>
        question.Kind == ApprovalKind.Plan && IsPlan(question.Payload)
            ? await DescribePlanAsync(question.Payload, cancellationToken)
            : Members(question.Payload);

    private static bool IsPlan(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object
        && payload.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty("actions", out var actions) && actions.ValueKind == JsonValueKind.Array;

    private async Task<string> DescribePlanAsync(JsonElement payload, CancellationToken cancellationToken)
    {
        var body = payload.GetProperty("body");
        JsonElement[] actions = [.. body.GetProperty("actions").EnumerateArray()];
        var about = new TextTable("plan", $"{payload.GetProperty("specName").GetString()}, version {payload.GetProperty("version").GetRawText()}, {Count.Of(actions.Length, "action")}");
        foreach (var member in body.EnumerateObject().Where(member => member.Name != "actions")) about.Add(member.Name, ShortJson.Of(member.Value, MostCharacters / 4));
        string[] parts = [Draw(about), Draw(ActionTable(payload, actions)), await ReferencesAsync(actions, cancellationToken)];
        return string.Join("\n\n", parts.Where(part => part.Length > 0));
    }

    private static TextTable ActionTable(JsonElement payload, JsonElement[] actions)
    {
        var previews = PreviewsOf(payload);
        var table = new TextTable(previews.Count > 0 ? ["#", "action", "arguments", "preview"] : ["#", "action", "arguments"]);
        foreach (var (index, action) in actions.Index())
        {
            TextCell[] cells = [index + 1, KindOf(action), ShortJson.Of(WithoutKind(action), MostInCell)];
            table.Add(previews.Count > 0 ? [.. cells, previews.GetValueOrDefault(index)] : cells);
        }

        return table;
    }

    private static Dictionary<int, string> PreviewsOf(JsonElement payload)
    {
        var result = new Dictionary<int, string>();
        if (!payload.TryGetProperty("previews", out var previews)) return result;
        foreach (var preview in previews.EnumerateArray())
        {
            var place = preview.TryGetProperty("index", out var index) ? index.GetInt32() : 0;
            result[place] = preview.TryGetProperty("preview", out var shown) ? ShortJson.Of(shown, MostInCell) : $"No preview: {ShortJson.Of(preview.GetProperty("error"), MostInCell)}";
        }

        return result;
    }

    private async Task<string> ReferencesAsync(JsonElement[] actions, CancellationToken cancellationToken)
    {
        ReferenceHandle[] handles = [.. actions.SelectMany(HandlesIn).DistinctBy(handle => handle.Id, StringComparer.Ordinal)];
        if (handles.Length == 0) return "";
        var table = new TextTable("reference", "what it holds");
        foreach (var handle in handles.Take(MostReferences)) table.Add(ShortJson.Of(handle), await GlimpseAsync(handle, cancellationToken));
        if (handles.Length > MostReferences) table.Add("…", $"{handles.Length - MostReferences} more");
        return Draw(table);
    }

    private async Task<string> GlimpseAsync(ReferenceHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            return ShortJson.Of((await runtime.ReferenceGlimpseAsync(handle, cancellationToken)).Glimpse, MostInCell);
        }
        catch (SluiceException exception)
        {
            return $"It cannot be read: {exception.Message}";
        }
    }

    private static IEnumerable<ReferenceHandle> HandlesIn(JsonElement value)
    {
        if (ReferenceHandle.Find(value) is { } handle) return [handle];
        return value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member => HandlesIn(member.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(HandlesIn),
            _ => [],
        };
    }

    private static string KindOf(JsonElement action) =>
        action.ValueKind == JsonValueKind.Object && action.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString()! : "action";

    private static JsonElement WithoutKind(JsonElement action) => action.ValueKind == JsonValueKind.Object
        ? JsonSerializer.SerializeToElement(action.EnumerateObject().Where(member => member.Name != "kind").ToDictionary(member => member.Name, member => member.Value))
        : action;

    private string Draw(TextTable table) => table.ToText(terminal, terminal.Width);

    private static string Members(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object) return Text(payload);
        return string.Join('\n', payload.EnumerateObject().Select(member => $"{VisibleText.OfLine(member.Name)}: {Text(member.Value)}"));
    }

    private static string Text(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return VisibleText.OfLines(text.Length > MostCharacters ? $"{text[..MostCharacters]}… (cut: 'show' shows all)" : text);
    }
}
