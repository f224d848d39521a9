using System.Text.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>A schema inside another, with the way to it as a JSON Pointer relative to the outer schema.</summary>
internal sealed class Subschema(string path)
{
    private static readonly SchemaNode Incomplete = SchemaNode.ForBoolean(accepts: false);

    /// <summary>Replaced when the schema is compiled; a reference that leads nowhere stays refused.</summary>
    public SchemaNode Node { get; set; } = Incomplete;

    public string Path => path;

    /// <summary>Applies the schema to the same value.</summary>
    public bool AcceptsInPlace(in Instance value, Evaluation evaluation)
    {
        if (!evaluation.IsCollecting) return Node.Accepts(value, evaluation);
        evaluation.Path.EnterSchema(path);
        var isValid = Node.Accepts(value, evaluation);
        evaluation.Path.LeaveSchema();
        return isValid;
    }

    /// <summary>Applies the schema to the same value without reporting; what it evaluated counts only if it accepts.</summary>
    public bool AcceptsSilently(in Instance value, Evaluation evaluation)
    {
        var collector = evaluation.Collector;
        evaluation.Collector = null;
        var isTracking = evaluation.Positions is not null;
        var outer = isTracking ? evaluation.OpenPositions() : null;
        var isValid = Node.Accepts(value, evaluation);
        if (isTracking) evaluation.ClosePositions(outer, keep: isValid);
        evaluation.Collector = collector;
        return isValid;
    }

    public bool AcceptsItem(JsonElement item, int index, Evaluation evaluation)
    {
        if (Node.AcceptsAll) return true;
        if (!evaluation.TryDescend(out var level)) return false;
        if (evaluation.IsCollecting) evaluation.Path.EnterItem(path, index);
        var isValid = Node.Accepts(new Instance(item), evaluation);
        if (evaluation.IsCollecting) evaluation.Path.LeaveChild();
        evaluation.Ascend(level);
        return isValid;
    }

    public bool AcceptsProperty(JsonProperty property, Evaluation evaluation)
    {
        if (Node.AcceptsAll) return true;
        if (!evaluation.TryDescend(out var level)) return false;
        if (evaluation.IsCollecting) evaluation.Path.EnterProperty(path, property);
        var isValid = Node.Accepts(new Instance(property.Value), evaluation);
        if (evaluation.IsCollecting) evaluation.Path.LeaveChild();
        evaluation.Ascend(level);
        return isValid;
    }

    public bool AcceptsName(ReadOnlySpan<byte> rawName, Evaluation evaluation)
    {
        if (Node.AcceptsAll) return true;
        if (!evaluation.TryDescend(out var level)) return false;
        if (evaluation.IsCollecting) evaluation.Path.EnterSchema(path);
        var isValid = Node.Accepts(Instance.OfName(rawName), evaluation);
        if (evaluation.IsCollecting) evaluation.Path.LeaveSchema();
        evaluation.Ascend(level);
        return isValid;
    }
}
