using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.References;

namespace Sluice.Runtime.History;

/// <summary>The plans and references that messages mention, in results and arguments as well as in texts.</summary>
internal sealed class Mentions
{
    private const string IdPrefix = "ref-";
    private const int IdDigits = 32;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private readonly StringBuilder _builder = new();
    private readonly Dictionary<string, SummarizedReference> _references = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _planIds = new(StringComparer.Ordinal);
    private readonly string _text;

    private Mentions(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages) Add(message);
        _text = _builder.ToString();
        AddIds();
    }

    /// <summary>The references: of earlier summaries, then of results and arguments in their order, then of texts.</summary>
    public IEnumerable<SummarizedReference> References => _order.Select(id => _references[id]);

    /// <summary>What stands as the id of a plan in results, arguments and earlier summaries.</summary>
    public IEnumerable<string> PlanIds => _planIds.Order(StringComparer.Ordinal);

    public static Mentions In(IEnumerable<ChatMessage> messages) => new(messages);

    /// <summary>Where a text is mentioned first; less than 0 when it is not.</summary>
    public int IndexOf(string text) => _text.IndexOf(text, StringComparison.Ordinal);

    /// <summary>Finds ids by their form, wherever they stand.</summary>
    private void AddIds()
    {
        for (var at = IndexOf(IdPrefix); at >= 0; at = _text.IndexOf(IdPrefix, at + 1, StringComparison.Ordinal))
        {
            var digits = _text.AsSpan(at + IdPrefix.Length);
            if (digits.Length >= IdDigits && !digits[..IdDigits].ContainsAnyExcept(HexDigits))
                Add(new SummarizedReference { Id = _text.Substring(at, IdPrefix.Length + IdDigits) });
        }
    }

    private void Add(ChatMessage message)
    {
        if (message is SummaryMessage { Summary: var summary })
        {
            foreach (var reference in summary.References) Add(reference);
            foreach (var plan in summary.Plans) _planIds.Add(plan.PlanId);
        }

        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent text: AddText(text.Text); break;
                case TextReasoningContent reasoning: AddText(reasoning.Text); break;
                case FunctionCallContent { RawRepresentation: JsonElement arguments }: Add(arguments); break;
                case FunctionResultContent { Result: JsonElement value }: Add(value); break;
            }
        }
    }

    private void Add(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return;
        AddText(value.GetRawText());
        foreach (var handle in HandleFinder.Find(value)) Add(new SummarizedReference { Kind = handle.Kind, Id = handle.Id });
        AddPlanIds(value);
    }

    private void Add(SummarizedReference reference)
    {
        if (_references.TryAdd(reference.Id, reference)) _order.Add(reference.Id);
    }

    private void AddText(string? text) => _builder.Append(text).Append('\n');

    private void AddPlanIds(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) AddPlanIds(item);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (member.NameEquals("planId") && member.Value.ValueKind == JsonValueKind.String) _planIds.Add(member.Value.GetString()!);
                else AddPlanIds(member.Value);
            }
        }
    }
}
