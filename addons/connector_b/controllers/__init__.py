from . import import_api
from . import import_download
