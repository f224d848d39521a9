namespace Sluice.Data.Profiling.Dialects;

internal static class TypeFamilies
{
    public static bool IsNumeric(this TypeFamily family) => family is TypeFamily.Integer or TypeFamily.Number;

    public static bool IsTemporal(this TypeFamily family) => family is TypeFamily.Date or TypeFamily.Timestamp or TypeFamily.Time;

    /// <summary>Whether values of both can be equal, so that one may refer to the other.</summary>
    public static bool CanRefer(this TypeFamily family, TypeFamily other) =>
        (family.IsNumeric() && other.IsNumeric()) || (family == other && family is TypeFamily.Text or TypeFamily.Uuid);
}
