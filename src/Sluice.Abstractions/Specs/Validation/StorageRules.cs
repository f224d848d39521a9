using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

internal static class StorageRules
{
    private static readonly string[] Stores = ["memory", "sqlite", "postgres"];

    private static readonly Dictionary<string, IReadOnlyList<string>> KindsByRole = new(StringComparer.Ordinal)
    {
        ["kv"] = [.. Stores, "redis"],
        ["plans"] = Stores,
        ["memory"] = Stores,
    };

    public static void Check(SpecCheck check)
    {
        foreach (var (role, factory) in check.Spec.StorageFactories)
        {
            var path = SpecCheck.Entry("storageFactories", role);
            check.RequireKnown(role, KindsByRole.Keys, SpecErrorCodes.UnknownStorageRole, path, "There is no storage role");
            if (KindsByRole.TryGetValue(role, out var kinds))
                check.RequireKnown(
                    factory.Kind, kinds, SpecErrorCodes.UnknownStorageKind, $"{path}.kind", $"The storage role {Excerpt.Quote(role)} can't use a store of kind");
            check.RequireObject(factory.Config, $"{path}.config");
        }
    }
}
