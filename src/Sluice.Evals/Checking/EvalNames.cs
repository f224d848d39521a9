using System.Text.Json;
using Sluice.Evals.Artifacts;

namespace Sluice.Evals.Checking;

/// <summary>Names of enum values as they are written in datasets and artifacts.</summary>
internal static class EvalNames
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonSerializer.SerializeToElement(value, EvalJson.Options).GetString()!;
}
