using Sluice.JsonSchemas.Keywords;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>A compiled schema: its keywords in the order in which they are applied.</summary>
internal sealed class SchemaNode
{
    private Keyword[] _keywords = [];
    private Keyword[] _leftovers = [];

    /// <summary>The schema is <c>true</c>, <c>{}</c> or consists of annotations only.</summary>
    public bool AcceptsAll { get; private set; }

    /// <summary>The schema is <c>false</c>.</summary>
    public bool AcceptsNothing { get; private init; }

    /// <summary>Set where dynamic references need to know which schema resources were entered.</summary>
    public ResourceScope? Scope { get; set; }

    public IReadOnlyList<Keyword> Keywords => _keywords;

    public static SchemaNode ForBoolean(bool accepts) => new() { AcceptsAll = accepts, AcceptsNothing = !accepts };

    /// <summary>Sets the keywords; <paramref name="unevaluated"/> are applied last, to what no other keyword has looked at.</summary>
    public void Complete(IReadOnlyList<Keyword> assertions, IReadOnlyList<Keyword> unevaluated)
    {
        _keywords = [.. assertions];
        _leftovers = [.. unevaluated];
        AcceptsAll = _keywords.Length == 0 && _leftovers.Length == 0;
    }

    public void Link()
    {
        foreach (var keyword in _keywords) keyword.Link(this);
    }

    public T? Find<T>()
        where T : Keyword
    {
        foreach (var keyword in _keywords)
        {
            if (keyword is T found) return found;
        }
        return null;
    }

    /// <summary>This schema, or where it is nothing but a reference, the schema at the end of it.</summary>
    public SchemaNode FollowReferences()
    {
        var node = this;
        for (var hops = 0; hops < 16 && node._keywords is [ReferenceKeyword reference] && node._leftovers.Length == 0; hops++)
        {
            node = reference.Target.Node;
        }
        return node;
    }

    /// <summary>Which kinds of value can pass at all, judged by the <c>type</c> keyword.</summary>
    public InstanceKinds AcceptedKinds()
    {
        if (AcceptsNothing) return InstanceKinds.None;
        return FollowReferences().Find<TypeKeyword>()?.Kinds ?? InstanceKinds.All;
    }

    public bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (!evaluation.TrySpend(1)) return false;
        if (AcceptsNothing) return evaluation.Fail("false", $"{value} is not allowed here.");
        if (Scope is not null) return AcceptsInScope(value, evaluation, Scope);
        return _leftovers.Length == 0 ? AcceptsAssertions(value, evaluation) : AcceptsWithLeftovers(value, evaluation);
    }

    private bool AcceptsInScope(in Instance value, Evaluation evaluation, ResourceScope scope)
    {
        var entered = evaluation.Enter(scope);
        var isValid = _leftovers.Length == 0 ? AcceptsAssertions(value, evaluation) : AcceptsWithLeftovers(value, evaluation);
        if (entered) evaluation.Leave();
        return isValid;
    }

    private bool AcceptsAssertions(in Instance value, Evaluation evaluation)
    {
        var isValid = true;
        foreach (var keyword in _keywords)
        {
            if (keyword.Accepts(value, evaluation)) continue;
            if (!evaluation.IsCollecting) return false;
            isValid = false;
        }
        return isValid;
    }

    private bool AcceptsWithLeftovers(in Instance value, Evaluation evaluation)
    {
        var outer = evaluation.OpenPositions();
        var isValid = AcceptsAssertions(value, evaluation);
        // What a failing keyword looked at does not count as evaluated, so leftovers would be blamed for its failure.
        for (var i = 0; isValid && i < _leftovers.Length; i++) isValid = _leftovers[i].Accepts(value, evaluation);
        evaluation.ClosePositions(outer, keep: isValid);
        return isValid;
    }
}
