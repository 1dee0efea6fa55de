"""Papers that several measures of inequality come from."""

from typing import Final

__all__ = ["AHN", "KAKWANI", "MACKENBACH", "PEARCY", "SCHLOTHEUBER", "TALIH", "WALTER"]

SCHLOTHEUBER: Final = (
    "Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19:3697 (corrected 19:6969)"
)
AHN: Final = "Ahn et al. 2018, JCO Clin Cancer Inform 2:1-19"
KAKWANI: Final = "Kakwani, Wagstaff & van Doorslaer 1997, J Econometrics 77:87-103"
MACKENBACH: Final = "Mackenbach & Kunst 1997, Soc Sci Med 44:757-771"
TALIH: Final = "Talih & Huang 2016, NCHS Statistical Notes 27"
WALTER: Final = "Walter 1978, Biometrics 34:487-498"
PEARCY: Final = "Pearcy & Keppel 2002, Public Health Rep 117:273-280"
