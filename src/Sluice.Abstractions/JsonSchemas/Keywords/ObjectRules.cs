using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Patterns;

namespace Sluice.JsonSchemas.Keywords;

/// <summary>What an <see cref="ObjectKeyword"/> is made of; schemas are in the order of the names.</summary>
internal sealed record ObjectRules
{
    public required Utf8Table Names { get; init; }

    public required Subschema?[] Schemas { get; init; }

    public required IReadOnlyList<(SchemaPattern Pattern, Subschema Schema)> Patterns { get; init; }

    public required Subschema? Additional { get; init; }

    public required Subschema? NameSchema { get; init; }

    public required PresenceRules Presence { get; init; }
}
