using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>One walk of a schema over a value: its budget, its place, and what it reports. Owned by one thread and reused by it.</summary>
internal sealed class Evaluation
{
    private const int BytesPerStep = 256;

    [ThreadStatic]
    private static Evaluation? _spare;

    private readonly List<ResourceScope> _scopes = [];
    private readonly List<EvaluatedPositions> _positionsPool = [];
    private JsonSchemaOptions _options = JsonSchemaOptions.Default;
    private int _openPositions;
    private long _remainingSteps;
    private long _remainingPatternTicks;
    private int _depth;
    private int _hops;
    private (string Keyword, string Message)? _stop;
    private (string Instance, string Schema) _stoppedAt;

    public EvaluationPath Path { get; } = new();

    public ViolationCollector? Collector { get; set; }

    /// <summary>Where keywords note what they looked at; null while nobody asks.</summary>
    public EvaluatedPositions? Positions { get; private set; }

    public bool IsCollecting => Collector is not null;

    /// <summary>After a failure: whether others are still wanted.</summary>
    public bool MayGoOn => Collector is { IsFull: false } && _stop is null;

    public bool IsStopped => _stop is not null;

    public static Evaluation Rent(JsonSchemaOptions options, ViolationCollector? collector)
    {
        var evaluation = _spare ?? new Evaluation();
        _spare = null;
        evaluation.Reset(options, collector);
        return evaluation;
    }

    /// <summary>Gives the instance back for the next validation on this thread; not called after an exception.</summary>
    public void Return()
    {
        Collector = null;
        _spare = this;
    }

    /// <summary>Reports a violation at the current place, if violations are collected; always returns false.</summary>
    public bool Fail(string keyword, [InterpolatedStringHandlerArgument("")] ViolationText message) =>
        FailAt("", keyword, message.ToString());

    public bool FailAt(string instanceSuffix, string keyword, string message)
    {
        if (Collector is null || IsStopped) return false;
        Collector.Add(Path, instanceSuffix, keyword, message);
        return false;
    }

    /// <summary>Ends the validation: the value counts as invalid, even under a keyword that negates.</summary>
    public bool Stop(string keyword, string message)
    {
        if (IsStopped) return false;
        _stop = (keyword, message);
        _stoppedAt = (Path.Instance, Path.Schema);
        return false;
    }

    /// <summary>The violation for the reason that ended the validation, if one did.</summary>
    public JsonSchemaViolation? StopViolation() => _stop is not { } reason ? null : new JsonSchemaViolation
    {
        InstancePath = _stoppedAt.Instance,
        SchemaPath = $"{_stoppedAt.Schema}/{reason.Keyword}",
        Keyword = reason.Keyword,
        Message = reason.Message,
    };

    public bool TrySpend(long steps)
    {
        _remainingSteps -= steps;
        if (_remainingSteps >= 0 && _stop is null) return Collector is not { IsFull: true };
        return Stop("budget", $"The value takes more than {_options.MaxEvaluations} steps to validate and was given up.");
    }

    /// <summary>Charges for reading a text, which is worth more than one step only when it is long.</summary>
    public bool TrySpendText(int length) => length < BytesPerStep || TrySpend(length / BytesPerStep);

    /// <summary>Goes one level down into the value.</summary>
    public bool TryDescend(out Level outer)
    {
        outer = new Level(Positions, _hops);
        Positions = null;
        _hops = 0;
        if (++_depth <= _options.MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack()) return true;
        Ascend(outer);
        return Stop("depth", $"The value is nested more than {_options.MaxDepth} levels deep.");
    }

    public void Ascend(Level outer)
    {
        _depth--;
        Positions = outer.Positions;
        _hops = outer.Hops;
    }

    /// <summary>Follows a reference on the same value; ends the validation where references go in circles.</summary>
    public bool TryFollow(Subschema target, in Instance value)
    {
        if (++_hops > _options.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _hops--;
            return Stop("depth", $"More than {_options.MaxDepth} references follow one another without moving into the value.");
        }
        var isValid = target.AcceptsInPlace(value, this);
        _hops--;
        return isValid;
    }

    /// <summary>Whether the resource had to be entered, so has to be left.</summary>
    public bool Enter(ResourceScope scope)
    {
        if (_scopes.Count > 0 && ReferenceEquals(_scopes[^1], scope)) return false;
        _scopes.Add(scope);
        return true;
    }

    public void Leave() => _scopes.RemoveAt(_scopes.Count - 1);

    /// <summary>The outermost schema that was entered and has this dynamic anchor.</summary>
    public bool TryFindDynamicAnchor(string anchor, [NotNullWhen(true)] out Subschema? target)
    {
        foreach (var scope in _scopes)
        {
            if (scope.DynamicAnchors.TryGetValue(anchor, out target)) return true;
        }
        target = null;
        return false;
    }

    /// <summary>Starts to note evaluated positions afresh and returns the outer notes.</summary>
    public EvaluatedPositions? OpenPositions()
    {
        if (_openPositions == _positionsPool.Count) _positionsPool.Add(new EvaluatedPositions());
        var outer = Positions;
        Positions = _positionsPool[_openPositions++];
        Positions.Clear();
        return outer;
    }

    /// <summary>Goes back to the outer notes, adding the inner ones if they are to be kept.</summary>
    public void ClosePositions(EvaluatedPositions? outer, bool keep)
    {
        var inner = _positionsPool[--_openPositions];
        if (keep) outer?.Add(inner);
        Positions = outer;
    }

    /// <summary>Charges the time since a <see cref="Stopwatch"/> time stamp to the budget of all patterns.</summary>
    /// <param name="startedAt">The time stamp.</param>
    /// <param name="atMost">The most that is charged.</param>
    public bool TrySpendPatternTime(long startedAt, TimeSpan atMost)
    {
        _remainingPatternTicks -= Math.Min(Stopwatch.GetElapsedTime(startedAt).Ticks, atMost.Ticks);
        return _remainingPatternTicks >= 0
            || Stop("budget", $"Matching patterns took more than {_options.PatternBudget.TotalMilliseconds:0} ms in all and was given up.");
    }

    private void Reset(JsonSchemaOptions newOptions, ViolationCollector? collector)
    {
        _options = newOptions;
        Collector = collector;
        Positions = null;
        _openPositions = 0;
        _scopes.Clear();
        Path.Clear();
        _remainingSteps = newOptions.MaxEvaluations;
        _remainingPatternTicks = newOptions.PatternBudget.Ticks;
        _depth = 0;
        _hops = 0;
        _stop = null;
    }

    /// <summary>What <see cref="TryDescend"/> sets aside until <see cref="Ascend"/>.</summary>
    internal readonly record struct Level(EvaluatedPositions? Positions, int Hops);
}
