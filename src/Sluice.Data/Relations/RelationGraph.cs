using Sluice.Data.Schemas;

namespace Sluice.Data.Relations;

/// <summary>Tables and the relations between them. Relations keep the order in which they were given.</summary>
internal sealed class RelationGraph
{
    private readonly Dictionary<TableKey, int> _nodes = [];
    private readonly List<TableKey> _tables = [];
    private readonly List<List<RelationStep>> _steps = [];
    private int _edges;

    public RelationGraph(IEnumerable<Relation> relations)
    {
        foreach (var relation in relations) Add(relation);
    }

    public int Count => _tables.Count;

    /// <summary>The number of a table; null when it has no relation.</summary>
    public int? Find(TableKey table) => _nodes.TryGetValue(table, out var node) ? node : null;

    public TableKey TableAt(int node) => _tables[node];

    /// <summary>The ways out of a table.</summary>
    public IReadOnlyList<RelationStep> StepsFrom(int node) => _steps[node];

    private void Add(Relation relation)
    {
        var (from, to) = (NodeOf(relation.From), NodeOf(relation.To));
        var edge = _edges++;
        _steps[from].Add(new(edge, relation, true, to));
        if (from != to) _steps[to].Add(new(edge, relation, false, from));
    }

    private int NodeOf(TableKey table)
    {
        if (_nodes.TryGetValue(table, out var node)) return node;
        _nodes.Add(table, _tables.Count);
        _tables.Add(table);
        _steps.Add([]);
        return _tables.Count - 1;
    }
}
