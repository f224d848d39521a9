using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

internal static class ReferenceRules
{
    public static void Check(SpecCheck check)
    {
        var references = check.Spec.References;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < references.Count; i++)
        {
            var (reference, path) = (references[i], $"references[{i}]");
            if (!seen.Add(reference.Name))
            {
                check.Report(SpecErrorCodes.DuplicateReference, $"{path}.name", $"Another reference is named {Excerpt.Quote(reference.Name)} already. Attach the same value, or rename one.");
                continue;
            }

            check.RequireText(reference.Name, SpecErrorCodes.BlankName, $"{path}.name", "The reference's name");
            if (reference.Name == ReferenceSpec.ToolResult)
                check.Report(
                    SpecErrorCodes.ReservedReferenceKind, $"{path}.name", $"{Excerpt.Quote(reference.Name)} is a reference kind of the runtime. Choose another name.");
            check.RequireSchema(reference.Schema, $"{path}.schema");
            check.RequirePositive(reference.Ttl, SpecErrorCodes.InvalidTtl, $"{path}.ttlMs");
        }
    }
}
